import type { ReactNode } from "react";
import { useSeatMapMessages, type SeatMapMessage } from "../messages";
import styles from "./state-key.module.css";

/** The same shapes as on the canvas. */
const marks: readonly { key: SeatMapMessage; shape: ReactNode }[] = [
  { key: "stateFree", shape: <circle cx="8" cy="8" r="6.5" fill="currentColor" /> },
  {
    key: "stateChosen",
    shape: (
      <>
        <circle cx="8" cy="8" r="7" className={styles.chosen} />
        <path d="m4.9 8.2 2.3 2.3 4-4.6" className={styles.check} />
      </>
    ),
  },
  { key: "stateHeld", shape: <circle cx="8" cy="8" r="5.5" className={styles.line} strokeDasharray="3.6 2.2" /> },
  { key: "stateSold", shape: <path d="m5 5 6 6m0-6-6 6" className={styles.line} /> },
  { key: "stateBlocked", shape: <circle cx="8" cy="8" r="2" className={styles.dim} /> },
];

export function StateKey() {
  const t = useSeatMapMessages();
  return (
    <ul className={styles.key} aria-label={t("stateKey")}>
      {marks.map(({ key, shape }) => (
        <li key={key}>
          <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
            {shape}
          </svg>
          {t(key)}
        </li>
      ))}
    </ul>
  );
}
