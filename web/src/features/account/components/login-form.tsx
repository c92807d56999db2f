import { Link } from "@tanstack/react-router";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { activeHolds } from "@/session/hold";
import { Notice } from "@/ui/notice";
import { login } from "../api/account";
import { AccountForm } from "./account-form";

interface LoginFormProps {
  to: string | undefined;
  onDone: () => void;
}

export function LoginForm({ to, onDone }: LoginFormProps) {
  const { t } = useI18n();
  const holds = useStore(activeHolds);
  return (
    <AccountForm
      title={t("login.title")}
      intro={holds.length > 0 && <Notice>{t("login.holdComesAlong")}</Notice>}
      isNew={false}
      submitLabel={t("login.submit")}
      send={({ email, password }) => login(email, password)}
      onDone={onDone}
    >
      <Link to="/forgot-password">{t("login.forgot")}</Link>
      <br />
      {t("login.noAccount")}{" "}
      <Link to="/register" search={to === undefined ? {} : { to }}>
        {t("login.register")}
      </Link>
      <br />
      {t("login.asGuest")} <Link to="/find-tickets">{t("order.findTitle")}</Link>
    </AccountForm>
  );
}
