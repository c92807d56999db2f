import type { ComponentProps } from "react";
import styles from "./field.module.css";

interface SelectFieldProps extends Omit<ComponentProps<"select">, "children"> {
  label: string;
  choices: readonly { value: string; label: string }[];
}

/** The browser's own choice with its name above it. */
export function SelectField({ label, choices, ...select }: SelectFieldProps) {
  return (
    <label className={styles.field}>
      {label}
      <select {...select}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
