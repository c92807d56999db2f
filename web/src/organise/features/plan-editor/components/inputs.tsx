import { Button, Checkbox, NativeSelect, TextInput, type ButtonProps, type CheckboxProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import styles from "./inputs.module.css";

interface NumberBoxProps {
  label: string;
  value: number;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}

/** A number that counts as soon as it is one within its bounds; until then it is the field's own. */
export function NumberBox({ label, value, min = -100_000, max = 100_000, onChange }: NumberBoxProps) {
  const [typed, setTyped] = useState<{ text: string; value: number }>();
  const text = typed !== undefined && typed.value === value ? typed.text : String(value);
  const read = (from: string): number | undefined => {
    const number = Number(from.replace(",", "."));
    return from.trim() !== "" && Number.isFinite(number) && number >= min && number <= max ? number : undefined;
  };
  const step = (by: number): void => onChange(Math.min(max, Math.max(min, Math.round((value + by) * 100) / 100)));
  return (
    <TextInput
      className={styles.number ?? ""}
      label={label}
      size="sm"
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={read(text) === undefined}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const number = read(next);
        setTyped({ text: next, value: number ?? value });
        if (number !== undefined) onChange(number);
      }}
      onKeyDown={(event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        step((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
      }}
    />
  );
}

interface TextBoxProps {
  label: string;
  value: string;
  placeholder?: string;
  isLong?: boolean;
  list?: readonly string[];
  onChange: (value: string) => void;
}

export function TextBox({ label, value, placeholder, list, onChange }: TextBoxProps) {
  const id = list === undefined ? undefined : `list-${label.replace(/\W/g, "")}`;
  return (
    <>
      <TextInput
        label={label}
        size="sm"
        autoComplete="off"
        maxLength={190}
        value={value}
        {...(placeholder !== undefined && { placeholder })}
        {...(id !== undefined && { list: id })}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {id !== undefined && (
        <datalist id={id}>
          {list?.map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
      )}
    </>
  );
}

interface ChoiceBoxProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

export function ChoiceBox<T extends string>({ label, value, choices, onChange }: ChoiceBoxProps<T>) {
  return (
    <NativeSelect
      label={label}
      size="sm"
      value={value}
      data={choices.map((choice) => ({ ...choice }))}
      onChange={(event) => onChange(event.currentTarget.value as T)}
    />
  );
}

interface CheckBoxProps extends Omit<CheckboxProps, "onChange"> {
  onChange: (isChecked: boolean) => void;
}

export function CheckBox({ onChange, ...props }: CheckBoxProps) {
  return <Checkbox size="sm" radius={5} {...props} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

/** Fields side by side. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}

/** Small buttons that belong together. */
export function Actions({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.actions} role="group" aria-label={label}>
      {children}
    </div>
  );
}

export function SmallButton({ children, ...props }: ButtonProps & { children: ReactNode; onClick: () => void }) {
  return (
    <Button variant="default" size="xs" {...props}>
      {children}
    </Button>
  );
}

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
