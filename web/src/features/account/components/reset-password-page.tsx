import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { fieldError } from "@/api/problem";
import { useAccountI18n } from "../messages";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { resetPassword } from "../api/account";
import { formError } from "../model/form-errors";
import styles from "./form.module.css";
import { PasswordField } from "./password-field";

/** Sets another password with the token of a mailed link. */
export function ResetPasswordPage({ token }: { token: string }) {
  const { t } = useAccountI18n();
  useTitle(t("reset.title"));
  const [password, setPassword] = useState("");
  const reset = useMutation({ mutationFn: () => resetPassword(token, password) });
  const error = formError(reset.error, t);
  if (reset.isSuccess)
    return (
      <div className={styles.form}>
        <h1>{t("reset.title")}</h1>
        <Notice tone="good" urgent title={t("reset.done")} />
        <Link to="/login">{t("login.title")}</Link>
      </div>
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        reset.mutate();
      }}
    >
      <h1>{t("reset.title")}</h1>
      <PasswordField
        label={t("profile.newPassword")}
        isNew
        value={password}
        error={fieldError(reset.error, "newPassword")}
        onChange={setPassword}
      />
      {error !== undefined && (
        <Notice tone="bad" urgent title={error}>
          <Link to="/forgot-password">{t("reset.askAgain")}</Link>
        </Notice>
      )}
      <Button type="submit" size="lg" loading={reset.isPending}>
        {t("reset.submit")}
      </Button>
    </form>
  );
}
