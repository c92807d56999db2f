import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError } from "@/api/problem";
import { useAccountI18n } from "../messages";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { forgotPassword } from "../api/account";
import { formError } from "../model/form-errors";
import styles from "./form.module.css";

/** Asks for a mail with a link to set another password. */
export function ForgotPasswordPage() {
  const { t } = useAccountI18n();
  useTitle(t("reset.forgotTitle"));
  const [email, setEmail] = useState("");
  const ask = useMutation({ mutationFn: () => forgotPassword(email.trim()) });
  const error = formError(ask.error, t);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <h1>{t("reset.forgotTitle")}</h1>
      {ask.isSuccess ? (
        <Notice tone="good" urgent title={t("reset.sent")}>
          {t("reset.sentText", { email: email.trim() })}
        </Notice>
      ) : (
        <p className="muted">{t("reset.forgotText")}</p>
      )}
      <TextInput
        label={t("field.email")}
        type="email"
        autoComplete="username"
        required
        size="md"
        value={email}
        error={fieldError(ask.error, "email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      <Button type="submit" size="lg" loading={ask.isPending}>
        {t(ask.isSuccess ? "reset.sendAgain" : "reset.send")}
      </Button>
    </form>
  );
}
