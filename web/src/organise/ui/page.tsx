import type { ReactNode } from "react";
import { useTitle } from "@/ui/use-title";
import styles from "./page.module.css";

interface PageProps {
  title: string;
  /** What the title stands below: a link back to where it is listed. */
  above?: ReactNode;
  /** Beside the title: a state, a date. */
  beside?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of this app: what it is, what can be done here, and the rest. */
export function Page({ title, above, beside, lead, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.titles}>
          {above !== undefined && <p className={styles.above}>{above}</p>}
          <div className={styles.title}>
            <h1>
              <bdi>{title}</bdi>
            </h1>
            {beside}
          </div>
          {lead !== undefined && <p className="muted">{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page under its own heading. */
export function Section({ title, text, actions, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <div>
          <h2>{title}</h2>
          {text !== undefined && <p className="muted">{text}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
