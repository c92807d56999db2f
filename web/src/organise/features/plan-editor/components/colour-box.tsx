import { useId } from "react";
import styles from "./colour-box.module.css";

interface ColourBoxProps {
  label: string;
  value: string;
  isLabelHidden?: boolean;
  onChange: (value: string) => void;
}

/** The browser's own choice of a colour. */
export function ColourBox({ label, value, isLabelHidden = false, onChange }: ColourBoxProps) {
  const id = useId();
  return (
    <div className={styles.colour}>
      <label htmlFor={id} className={isLabelHidden ? "visually-hidden" : ""}>
        {label}
      </label>
      <input
        id={id}
        type="color"
        value={/^#[\da-f]{6}$/i.test(value) ? value : "#808080"}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
