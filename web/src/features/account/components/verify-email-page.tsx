import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useAccountI18n } from "../messages";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { verifyEmail } from "../api/account";
import { formError } from "../model/form-errors";
import styles from "./form.module.css";

/** Confirms an address by a press, since mail programs open links by themselves to look at them. */
export function VerifyEmailPage({ token }: { token: string }) {
  const { t } = useAccountI18n();
  useTitle(t("verify.title"));
  const verify = useMutation({ mutationFn: () => verifyEmail(token) });
  const error = formError(verify.error, t);
  return (
    <div className={styles.form}>
      <h1>{t("verify.title")}</h1>
      {verify.isSuccess ? (
        <>
          <Notice tone="good" urgent title={t("verify.done")} />
          <Link to="/events">{t("verify.goOn")}</Link>
        </>
      ) : (
        <>
          {error !== undefined && <Notice tone="bad" urgent title={error} />}
          <Button size="lg" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t("verify.submit")}
          </Button>
        </>
      )}
    </div>
  );
}
