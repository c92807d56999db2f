import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { useSession } from "@/session/use-session";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { register } from "../api/account";
import { fieldError, formError } from "../model/form-errors";
import styles from "./form.module.css";

interface RegisterFormProps {
  to: string | undefined;
  onDone: () => void;
}

export function RegisterForm({ to, onDone }: RegisterFormProps) {
  const { t } = useI18n();
  useTitle(t("register.title"));
  const queryClient = useQueryClient();
  const session = useSession();
  const isGuest = session.status === "signedIn" && session.user.kind === "guest";
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const send = useMutation({
    mutationFn: () => register(name.trim(), email.trim(), password),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["my-bookings"] }),
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
      <h1>{t("register.title")}</h1>
      <p className="muted">{t(isGuest ? "register.guestText" : "register.text")}</p>
      <TextInput
        label={t("field.name")}
        autoComplete="name"
        required
        size="md"
        maxLength={100}
        value={name}
        error={fieldError(send.error, "name")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
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
        description={t("field.passwordHint")}
        autoComplete="new-password"
        required
        minLength={8}
        size="md"
        visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
        value={password}
        error={fieldError(send.error, "password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      <Button type="submit" size="lg" loading={send.isPending}>
        {t("register.submit")}
      </Button>
      <p>
        {t("register.haveAccount")}{" "}
        <Link to="/login" search={to === undefined ? {} : { to }}>
          {t("login.submit")}
        </Link>
      </p>
    </form>
  );
}
