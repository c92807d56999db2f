import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Profile } from "@/api/types";
import { useAccountI18n } from "../messages";
import { signOut } from "@/session/session";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { useTitle } from "@/ui/use-title";
import { rename } from "../api/account";
import { formError } from "../model/form-errors";
import { DeleteSection } from "./delete-section";
import styles from "./form.module.css";
import { NameField } from "./name-field";
import { OrganisationsSection } from "./organisations-section";
import { PasswordSection } from "./password-section";
import { SessionsSection } from "./sessions-section";

interface ProfilePageProps {
  user: Profile;
  onSignedOut: () => void;
  /** The server gave no answer: they are signed in still, but want to leave this device. */
  onNotSignedOut: () => void;
}

export function ProfilePage({ user, onSignedOut, onNotSignedOut }: ProfilePageProps) {
  const { t } = useAccountI18n();
  useTitle(t("profile.title"));
  const [name, setName] = useState(user.name ?? "");
  const save = useMutation({
    mutationFn: () => rename(name.trim()),
    onSuccess: () => showToast(t("profile.saved"), "good"),
  });
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: onSignedOut,
    onError: () => {
      onNotSignedOut();
      showToast(t("refusal.noAnswer"), "bad");
    },
  });
  const error = formError(save.error, t);
  return (
    <div className={styles.form}>
      <h1>{t("profile.title")}</h1>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div>
          <p className={styles.factName}>{t("field.email")}</p>
          <p>
            <bdi>{user.email}</bdi>
          </p>
        </div>
        <NameField value={name} error={save.error} onChange={setName} />
        {error !== undefined && <Notice tone="bad" urgent title={error} />}
        <Button type="submit" size="md" loading={save.isPending} disabled={name.trim() === (user.name ?? "")}>
          {t("profile.save")}
        </Button>
      </form>
      <OrganisationsSection />
      <PasswordSection user={user} />
      <SessionsSection isLeaving={leave.isPending} onLeave={() => leave.mutate()} />
      <DeleteSection onDeleted={onSignedOut} />
    </div>
  );
}
