import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { fieldError } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { formError } from "../model/form-errors";
import styles from "./form.module.css";
import { NameField } from "./name-field";
import { PasswordField } from "./password-field";

export interface AccountEntries {
  name: string;
  email: string;
  password: string;
}

interface AccountFormProps {
  title: string;
  intro: ReactNode;
  /** A new account has a name, and a password that the browser may propose. */
  isNew: boolean;
  submitLabel: string;
  send: (entries: AccountEntries) => Promise<unknown>;
  onDone: () => void;
  /** The way to the other form. */
  children: ReactNode;
}

/** Signing in and making an account. */
export function AccountForm({ title, intro, isNew, submitLabel, send, onDone, children }: AccountFormProps) {
  const { t } = useI18n();
  useTitle(title);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const sending = useMutation({ mutationFn: () => send({ name: name.trim(), email: email.trim(), password }) });
  const error = formError(sending.error, t);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is to be put right is where the typing goes on; its text is read out with the field.
    if (sending.error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [sending.error]);
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        // Given here it is not called for somebody who has gone elsewhere meanwhile.
        sending.mutate(undefined, { onSuccess: onDone });
      }}
    >
      <h1>{title}</h1>
      {intro}
      {isNew && <NameField value={name} error={sending.error} onChange={setName} />}
      <TextInput
        label={t("field.email")}
        type="email"
        autoComplete="username"
        required
        size="md"
        value={email}
        error={fieldError(sending.error, "email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordField
        label={t("field.password")}
        isNew={isNew}
        value={password}
        error={fieldError(sending.error, "password")}
        onChange={setPassword}
      />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      <Button type="submit" size="lg" loading={sending.isPending}>
        {submitLabel}
      </Button>
      <p>{children}</p>
    </form>
  );
}
