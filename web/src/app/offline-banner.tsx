import { useSyncExternalStore } from "react";
import { useI18n } from "@/i18n/i18n";
import styles from "./offline-banner.module.css";

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export function OfflineBanner() {
  const { t } = useI18n();
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" aria-live="polite">
      {!isOnline && <p className={styles.banner}>{t("offline.banner")}</p>}
    </div>
  );
}
