import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useI18n } from "@/i18n/i18n";
import { useSession } from "@/session/use-session";
import { register } from "../api/account";
import { AccountForm, type AccountEntries } from "./account-form";

interface RegisterFormProps {
  to: string | undefined;
  onDone: () => void;
}

export function RegisterForm({ to, onDone }: RegisterFormProps) {
  const { t } = useI18n();
  const queryClient = useQueryClient();
  const session = useSession();
  const isGuest = session.status === "signedIn" && session.user.kind === "guest";
  const send = async ({ name, email, password }: AccountEntries) => {
    await register(name, email, password);
    void queryClient.invalidateQueries({ queryKey: ["my-bookings"] });
  };
  return (
    <AccountForm
      title={t("register.title")}
      intro={<p className="muted">{t(isGuest ? "register.guestText" : "register.text")}</p>}
      isNew
      submitLabel={t("register.submit")}
      send={send}
      onDone={onDone}
    >
      {t("register.haveAccount")}{" "}
      <Link to="/login" search={to === undefined ? {} : { to }}>
        {t("login.submit")}
      </Link>
    </AccountForm>
  );
}
