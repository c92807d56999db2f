import { useEffect } from "react";
import { ExternalStore, useStore } from "@/lib/external-store";
import { useI18n } from "@/i18n/i18n";
import { CloseIcon } from "./icons";
import styles from "./toasts.module.css";

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "good" | "bad";
}

const maxToasts = 3;
const shownForMs = 6000;
const toasts = new ExternalStore<readonly Toast[]>([]);
let lastId = 0;

export function showToast(text: string, tone: Toast["tone"] = "plain"): void {
  lastId += 1;
  // The same news again takes the place of the old: nobody is told twice of one thing.
  const others = toasts.get().filter((toast) => toast.text !== text);
  toasts.set([...others, { id: lastId, text, tone }].slice(-maxToasts));
}

function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

/** News that need no answer, read out politely. */
export function Toasts() {
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {useStore(toasts).map((toast) => (
        <ToastItem key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastItem({ toast }: { toast: Toast }) {
  const { t } = useI18n();
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), shownForMs);
    return () => clearTimeout(timer);
  }, [toast.id]);
  return (
    <div className={styles.toast} data-tone={toast.tone}>
      <span>{toast.text}</span>
      <button type="button" onClick={() => dismiss(toast.id)} aria-label={t("common.close")}>
        <CloseIcon size={16} />
      </button>
    </div>
  );
}
