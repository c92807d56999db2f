import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { activeHold } from "@/session/hold";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { login } from "../api/account";
import { fieldError, formError } from "../model/form-errors";
import styles from "./form.module.css";

interface LoginFormProps {
  to: string | undefined;
  onDone: () => void;
}

export function LoginForm({ to, onDone }: LoginFormProps) {
  const { t } = useI18n();
  useTitle(t("login.title"));
  const hold = useStore(activeHold);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const send = useMutation({
    mutationFn: () => login(email.trim(), password),
  });
  const error = formError(send.error, t);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        // Given here it is not called for somebody who has gone elsewhere meanwhile.
        send.mutate(undefined, { onSuccess: onDone });
      }}
    >
      <h1>{t("login.title")}</h1>
      {hold !== undefined && <Notice>{t("login.holdComesAlong")}</Notice>}
      <TextInput
        label={t("field.email")}
        type="email"
        autoComplete="username"
        required
        size="md"
        value={email}
        error={fieldError(send.error, "email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("field.password")}
        autoComplete="current-password"
        required
        size="md"
        visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
        value={password}
        error={fieldError(send.error, "password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      <Button type="submit" size="lg" loading={send.isPending}>
        {t("login.submit")}
      </Button>
      <p>
        {t("login.noAccount")}{" "}
        <Link to="/register" search={to === undefined ? {} : { to }}>
          {t("login.register")}
        </Link>
      </p>
    </form>
  );
}
