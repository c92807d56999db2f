import type { ReactNode } from "react";
import styles from "./tabs.module.css";
import { useCurrentInView } from "./use-current-in-view";

/** Pages of one thing, as links: each has an address, and the way back works. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  const strip = useCurrentInView<HTMLElement>();
  return (
    <nav ref={strip} className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
