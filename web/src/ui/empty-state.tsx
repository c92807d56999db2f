import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

interface EmptyStateProps {
  title: string;
  text: string;
  children?: ReactNode;
  /** As the page's own heading. */
  isPage?: boolean;
}

export function EmptyState({ title, text, children, isPage = false }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <svg className={styles.picture} viewBox="0 0 120 72" aria-hidden="true">
        <path d="M14 14a6 6 0 0 1 6-6h80a6 6 0 0 1 6 6v12a10 10 0 0 0 0 20v12a6 6 0 0 1-6 6H20a6 6 0 0 1-6-6V46a10 10 0 0 0 0-20Z" />
        <path d="M76 16v40" strokeDasharray="3 7" />
        <path d="M32 30h28M32 42h18" />
      </svg>
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p className="muted">{text}</p>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
