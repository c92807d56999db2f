import styles from "./segments.module.css";

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
  /** As wide as there is room. */
  isWide?: boolean;
}

/** One of a few views of the same thing. */
export function Segments<T extends string>({ label, value, choices, onChoose, isWide = false }: SegmentsProps<T>) {
  return (
    <div className={styles.segments} role="group" aria-label={label} data-wide={isWide}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
