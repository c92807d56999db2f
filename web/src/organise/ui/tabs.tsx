import type { ReactNode } from "react";
import styles from "./tabs.module.css";

/** Pages of one thing, as links: each has an address, and the way back works. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
