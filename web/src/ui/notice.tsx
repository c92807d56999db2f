import type { ReactNode } from "react";
import { AlertIcon } from "./icons";
import styles from "./notice.module.css";

interface NoticeProps {
  tone?: "plain" | "outline" | "good" | "warn" | "bad";
  title?: string;
  children?: ReactNode;
  /** Interrupts a screen reader: for what just went wrong. */
  urgent?: boolean;
}

/** What happened and what to do next, where it happened. */
export function Notice({ tone = "plain", title, children, urgent = false }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={urgent ? "alert" : undefined}>
      {(tone === "warn" || tone === "bad") && <AlertIcon />}
      <div>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
