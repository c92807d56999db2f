import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { ExternalStore, useStore } from "@/lib/external-store";
import { useI18n } from "@/i18n/i18n";
import { CloseIcon } from "./icons";
import styles from "./toasts.module.css";

interface ToastLink {
  label: string;
  /** A path of this app. */
  href: string;
}

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "good" | "bad";
  link?: ToastLink | undefined;
}

const maxToasts = 3;
const shownForMs = 6000;
/** Something can be done about it: there is time to find the way there with a keyboard too. */
const linkShownForMs = 60_000;
const toasts = new ExternalStore<readonly Toast[]>([]);
let lastId = 0;

export function showToast(text: string, tone: Toast["tone"] = "plain", link?: ToastLink): void {
  lastId += 1;
  // The same news again takes the place of the old: the same thing is not said twice.
  const others = toasts.get().filter((toast) => toast.text !== text);
  toasts.set([...others, { id: lastId, text, tone, link }].slice(-maxToasts));
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
  const { history } = useRouter();
  const { id, link } = toast;
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), link === undefined ? shownForMs : linkShownForMs);
    return () => clearTimeout(timer);
  }, [id, link]);
  return (
    <div className={styles.toast} data-tone={toast.tone}>
      <span>{toast.text}</span>
      {link !== undefined && (
        <a
          href={link.href}
          onClick={(event) => {
            event.preventDefault();
            dismiss(id);
            history.push(link.href);
          }}
        >
          {link.label}
        </a>
      )}
      <button type="button" onClick={() => dismiss(id)} aria-label={t("common.close")}>
        <CloseIcon size={16} />
      </button>
    </div>
  );
}
