import { useI18n } from "@/i18n/i18n";
import { useOnline } from "@/lib/use-online";
import styles from "./offline-banner.module.css";

export function OfflineBanner() {
  const { t } = useI18n();
  const isOnline = useOnline();
  return (
    <div role="status" aria-live="polite" className={styles.status}>
      {!isOnline && <p className={styles.banner}>{t("offline.banner")}</p>}
    </div>
  );
}
