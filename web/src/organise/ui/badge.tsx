import type { ReactNode } from "react";
import styles from "./badge.module.css";

export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

/** A state in a word; the colour only repeats it. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}
