import { useEffect, useId, useRef, type ComponentProps } from "react";
import styles from "./field.module.css";

interface DateFieldProps extends Omit<ComponentProps<"input">, "type" | "value" | "defaultValue" | "onChange"> {
  label: string;
  /** The day that is in force: "2026-12-31", or "" for none. */
  value: string;
  /** Whether it is a day that can be meant: while a year is being typed it is a very early one. */
  isDay: (value: string) => boolean;
  onDay: (day: string) => void;
  error?: string | undefined;
}

const typingPauseMs = 600;

/**
 * The browser's own field for a day. What is being typed in it is its own until it is a whole day: to write a value
 * into it would put an end to the typing.
 */
export function DateField({ label, value, isDay, onDay, error, ...input }: DateFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const errorId = useId();
  useEffect(() => {
    // The day changed by other means: a link, a cleared filter, the way back.
    if (value === sent.current) return;
    sent.current = value;
    if (field.current !== null) field.current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = () => {
    clearTimeout(timer.current);
    const element = field.current;
    // An incomplete day reads as empty, as a cleared field does; only the browser can tell them apart.
    if (element === null || element.validity.badInput) return;
    const day = element.value;
    if (day === sent.current || (day !== "" && !isDay(day))) return;
    sent.current = day;
    onDay(day);
  };
  return (
    <label className={styles.field}>
      {label}
      <input
        {...input}
        ref={field}
        type="date"
        defaultValue={value}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        onChange={() => {
          clearTimeout(timer.current);
          timer.current = setTimeout(send, typingPauseMs);
        }}
        onBlur={send}
        onKeyDown={({ key }) => {
          if (key === "Enter") send();
        }}
      />
      {error !== undefined && (
        <span id={errorId} className={styles.error} role="status">
          {error}
        </span>
      )}
    </label>
  );
}
