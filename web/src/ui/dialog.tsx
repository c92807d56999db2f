import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import styles from "./dialog.module.css";

interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside, closes with Escape and returns the focus. */
export function Dialog({ open, title, onClose, children, footer }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog?.open === false) dialog.showModal();
    if (!open) dialog?.close();
  }, [open]);
  // One that goes away while it is open returns the focus as well.
  useLayoutEffect(() => {
    const dialog = ref.current;
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby="dialog-title" onClose={onClose}>
      {open && (
        <>
          <h2 id="dialog-title">{title}</h2>
          <div className={styles.body}>{children}</div>
          <div className={styles.footer}>{footer}</div>
        </>
      )}
    </dialog>
  );
}
