import { MinusIcon, PlusIcon } from "./icons";
import styles from "./stepper.module.css";

interface StepperProps {
  label: string;
  value: number;
  min?: number;
  max: number;
  fewer: string;
  more: string;
  onChange: (value: number) => void;
}

/** A small number by two buttons, told aloud as it changes. */
export function Stepper({ label, value, min = 0, max, fewer, more, onChange }: StepperProps) {
  return (
    <div className={styles.stepper} role="group" aria-label={label}>
      <button type="button" aria-label={fewer} disabled={value <= min} onClick={() => onChange(value - 1)}>
        <MinusIcon />
      </button>
      <output className="num" aria-live="polite">
        {value}
      </output>
      <button type="button" aria-label={more} disabled={value >= max} onClick={() => onChange(value + 1)}>
        <PlusIcon />
      </button>
    </div>
  );
}
