import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError } from "@/api/problem";
import { useAccountI18n } from "../messages";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { deleteAccount } from "../api/account";
import { formError } from "../model/form-errors";
import styles from "./form.module.css";
import { PasswordField } from "./password-field";

/** Deleting the account, with what that means said before. */
export function DeleteSection({ onDeleted }: { onDeleted: () => void }) {
  const { t } = useAccountI18n();
  const [isOpen, setIsOpen] = useState(false);
  const [password, setPassword] = useState("");
  const remove = useMutation({
    mutationFn: () => deleteAccount(password),
    onSuccess: () => {
      showToast(t("profile.deleted"), "good");
      onDeleted();
    },
  });
  const close = () => {
    setIsOpen(false);
    setPassword("");
    remove.reset();
  };
  const error = formError(remove.error, t, "login.wrongPassword");
  return (
    <section className={styles.section}>
      <Button variant="subtle" color="red" size="md" onClick={() => setIsOpen(true)}>
        {t("profile.delete")}
      </Button>
      <Dialog
        open={isOpen}
        title={t("profile.deleteTitle")}
        onClose={close}
        footer={
          <>
            <Button variant="default" size="md" onClick={close}>
              {t("profile.keepAccount")}
            </Button>
            <Button type="submit" form="delete-account" color="red" size="md" loading={remove.isPending}>
              {t("profile.delete")}
            </Button>
          </>
        }
      >
        <form
          id="delete-account"
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate();
          }}
        >
          <p>{t("profile.deleteText")}</p>
          <PasswordField
            label={t("profile.currentPassword")}
            value={password}
            error={fieldError(remove.error, "password")}
            onChange={setPassword}
          />
          {error !== undefined && <Notice tone="bad" urgent title={error} />}
        </form>
      </Dialog>
    </section>
  );
}
