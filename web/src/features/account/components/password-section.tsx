import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError } from "@/api/problem";
import type { Profile } from "@/api/types";
import { useAccountI18n } from "../messages";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { changePassword } from "../api/account";
import { sessionsQuery } from "../api/sessions";
import { formError } from "../model/form-errors";
import styles from "./form.module.css";
import { PasswordField } from "./password-field";

/** Another password, which signs out all other sessions. */
export function PasswordSection({ user }: { user: Profile }) {
  const { t } = useAccountI18n();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      showToast(t("profile.passwordChanged"), "good");
      return queryClient.invalidateQueries(sessionsQuery);
    },
  });
  const error = formError(change.error, t, "login.wrongPassword");
  return (
    <form
      className={styles.section}
      aria-labelledby="password-title"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <h2 id="password-title">{t("profile.changePassword")}</h2>
      {/* Tells a password manager whose password changes. */}
      <input type="text" autoComplete="username" value={user.email ?? ""} readOnly hidden />
      <PasswordField
        label={t("profile.currentPassword")}
        value={current}
        error={fieldError(change.error, "currentPassword")}
        onChange={setCurrent}
      />
      <PasswordField
        label={t("profile.newPassword")}
        isNew
        value={next}
        error={fieldError(change.error, "newPassword")}
        onChange={setNext}
      />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      <Button type="submit" variant="default" size="md" loading={change.isPending}>
        {t("profile.changePassword")}
      </Button>
    </form>
  );
}
