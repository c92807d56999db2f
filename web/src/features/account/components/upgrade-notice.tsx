import { Link } from "@tanstack/react-router";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";

/** Buying needs no account; keeping tickets beyond this browser does. */
export function UpgradeNotice({ to }: { to: string }) {
  const { t } = useI18n();
  return (
    <Notice tone="outline" title={t("guest.title")}>
      <p>
        {t("guest.text")}{" "}
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
  );
}
