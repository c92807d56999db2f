import { Link } from "@tanstack/react-router";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import styles from "./form.module.css";

interface UpgradeNoticeProps {
  to: string;
  /** Whether the tickets are bought already: then it is about keeping them. */
  isBought?: boolean;
}

/** Buying needs no account; keeping tickets beyond this browser does. It is of no use on paper. */
export function UpgradeNotice({ to, isBought = false }: UpgradeNoticeProps) {
  const { t } = useI18n();
  return (
    <div className={styles.upgrade}>
      <Notice tone="outline" title={t(isBought ? "guest.boughtTitle" : "guest.title")}>
        <p>
          {t(isBought ? "guest.boughtText" : "guest.text")}{" "}
          <Link to="/register" search={{ to }}>
            {t("guest.register")}
          </Link>
        </p>
        <p>
          {t("register.haveAccount")}{" "}
          <Link to="/login" search={{ to }}>
            {t("login.submit")}
          </Link>
        </p>
      </Notice>
    </div>
  );
}
