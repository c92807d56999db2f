import { useI18n } from "@/i18n/i18n";
import styles from "./order-code.module.css";

/** The code to say aloud, and what it is good for. */
export function OrderCode({ code, email }: { code: string; email: string | undefined }) {
  const { t } = useI18n();
  return (
    <p className={styles.order}>
      <span>{t("order.code")}</span> <strong className={styles.code}>{code}</strong>
      <span className="muted small">
        {email === undefined ? null : <>{t("order.codeHint", { email: `\u2068${email}\u2069` })}</>}
      </span>
    </p>
  );
}
