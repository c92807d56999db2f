import type { ReactNode } from "react";
import styles from "./figures.module.css";

interface FigureProps {
  name: string;
  value: ReactNode;
  /** What it is part of, or how it came about. */
  note?: ReactNode;
}

/** The few numbers that a page is looked at for. */
export function Figures({ label, figures }: { label: string; figures: readonly FigureProps[] }) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={styles.value}>{value}</dd>
          {note !== undefined && <dd className={styles.note}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** How much of a whole is gone; the words beside it say the same. */
export function Share({ part, whole }: { part: number; whole: number }) {
  const share = whole <= 0 ? 0 : Math.min(100, Math.round((part / whole) * 100));
  return (
    <svg className={styles.share} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="6" fill="var(--line)" />
      <rect width={share} height="6" fill="var(--accent)" />
    </svg>
  );
}
