import { Checkbox, NativeSelect, TextInput, type CheckboxProps, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import { amountText, decimalText, parseAmount, parseDecimal } from "../lib/amounts";
import { fromWall, toWall } from "../lib/zoned-time";
import { useText } from "../i18n/text";

interface ChoiceFieldProps<T extends string> {
  "aria-label"?: string;
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  description?: string;
  error?: string | undefined;
  disabled?: boolean;
}

/** The browser's own choice: a phone shows it its own way. */
export function ChoiceField<T extends string>({ choices, onChange, ...field }: ChoiceFieldProps<T>) {
  return (
    <NativeSelect
      {...field}
      size="md"
      data={choices.map(({ value, label }) => ({ value, label }))}
      onChange={(event) => onChange(event.currentTarget.value as T)}
    />
  );
}

type FieldProps = Omit<TextInputProps, "value" | "onChange" | "type" | "size">;

interface TimeFieldProps extends FieldProps {
  /** RFC 3339; undefined: not chosen. */
  value: string | undefined;
  /** In which its hours are meant; said beside the field. */
  timeZone: string;
  onChange: (instant: string | undefined) => void;
}

/** A moment, by the clocks of the place where the event is. */
export function TimeField({ value, timeZone, onChange, ...field }: TimeFieldProps) {
  const { t } = useText();
  const known = toWall(value, timeZone);
  // What is being typed is the field's own until it is a whole moment.
  const [typed, setTyped] = useState<{ wall: string; instant: string | undefined; timeZone: string }>();
  const isTyped = typed !== undefined && typed.instant === value && typed.timeZone === timeZone;
  return (
    <TextInput
      description={t("field.inZone", { zone: zoneName(timeZone) })}
      {...field}
      size="md"
      type="datetime-local"
      value={isTyped ? typed.wall : known}
      onChange={(event) => {
        const wall = event.currentTarget.value;
        const instant = fromWall(wall, timeZone);
        setTyped({ wall, instant, timeZone });
        onChange(instant);
      }}
    />
  );
}

/** "Europe/Berlin" as one reads it. */
export function zoneName(timeZone: string): string {
  return timeZone.replaceAll("_", " ");
}

interface MoneyFieldProps extends FieldProps {
  /** In minor units; undefined: none, or none that can be read. */
  value: number | undefined;
  currency: string;
  onChange: (amount: number | undefined) => void;
}

/** An amount as one types it, with its currency behind it. */
export function MoneyField({ value, currency, onChange, error, ...field }: MoneyFieldProps) {
  const { t } = useText();
  const [typed, setTyped] = useState<{ text: string; amount: number | undefined }>();
  const text = typed !== undefined && typed.amount === value ? typed.text : amountText(value, currency);
  const isWrong = text.trim() !== "" && parseAmount(text, currency) === undefined;
  return (
    <TextInput
      {...field}
      size="md"
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className="muted small">{currency}</span>}
      rightSectionWidth={52}
      value={text}
      error={isWrong ? t("field.noAmount") : error}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const amount = parseAmount(next, currency);
        setTyped({ text: next, amount });
        onChange(amount);
      }}
    />
  );
}

interface PercentFieldProps extends FieldProps {
  /** In hundredths of a percent; undefined: none that can be read. */
  value: number | undefined;
  onChange: (basisPoints: number | undefined) => void;
}

/** A share as one types it: "2.5", with its sign behind it. */
export function PercentField({ value, onChange, error, ...field }: PercentFieldProps) {
  const { t } = useText();
  const [typed, setTyped] = useState<{ text: string; points: number | undefined }>();
  const isTyped = typed !== undefined && (typed.points ?? 0) === value;
  const text = isTyped ? typed.text : value === undefined ? "" : decimalText(value, 2);
  return (
    <TextInput
      {...field}
      size="md"
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className="muted small">%</span>}
      value={text}
      error={text.trim() !== "" && parseDecimal(text, 2) === undefined ? t("field.noAmount") : error}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const points = parseDecimal(next, 2);
        setTyped({ text: next, points });
        onChange(points);
      }}
    />
  );
}

interface CountFieldProps extends FieldProps {
  value: number | undefined;
  onChange: (count: number | undefined) => void;
  /** Whether it may be below zero. */
  isSigned?: boolean;
}

/** A whole number, by the keys of a number pad. */
export function CountField({ value, onChange, isSigned = false, error, ...field }: CountFieldProps) {
  const { t } = useText();
  const [typed, setTyped] = useState<{ text: string; count: number | undefined }>();
  const text = typed !== undefined && typed.count === value ? typed.text : value === undefined ? "" : String(value);
  const read = (from: string): number | undefined =>
    (isSigned ? /^\s*[+-]?\d{1,9}\s*$/ : /^\s*\d{1,9}\s*$/).test(from) ? Number(from) : undefined;
  return (
    <TextInput
      {...field}
      size="md"
      // The number pads of phones have no minus sign.
      inputMode={isSigned ? "text" : "numeric"}
      autoComplete="off"
      value={text}
      error={text.trim() !== "" && read(text) === undefined && text.trim() !== "-" ? t("field.noNumber") : error}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped({ text: next, count: read(next) });
        onChange(read(next));
      }}
    />
  );
}

interface CheckFieldProps extends Omit<CheckboxProps, "onChange"> {
  onChange: (isChecked: boolean) => void;
}

/** Yes or no. */
export function CheckField({ onChange, ...field }: CheckFieldProps) {
  return <Checkbox {...field} size="md" radius={5} onChange={(event) => onChange(event.currentTarget.checked)} />;
}
