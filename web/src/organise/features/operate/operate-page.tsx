import { useQuery } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { useAccount, useSession } from "@/session/use-session";
import { Notice } from "@/ui/notice";
import { systemQuery } from "../../api/operation";
import { useText } from "../../i18n/text";
import { Page } from "../../ui/page";
import { Loading } from "../../ui/states";
import { formError } from "../../lib/problems";
import { LimitsSection } from "./limits-section";
import { MailsSection } from "./mails-section";
import { ReadOnlySection } from "./read-only-section";
import { SystemSections } from "./system-sections";

/** What an engineer opens at three in the morning. */
export function OperatePage() {
  const { t } = useText();
  const session = useSession();
  const account = useAccount();
  return (
    <Page title={t("operate.title")} lead={t("operate.lead")}>
      {session.status === "restoring" ? (
        <Loading />
      ) : account === undefined ? (
        <Notice tone="warn" title={t("operate.forbidden")}>
          <a href="/login?to=/operate">{t("nav.signIn")}</a>
        </Notice>
      ) : (
        <Operation />
      )}
    </Page>
  );
}

function Operation() {
  const { t } = useText();
  const { data, error } = useQuery(systemQuery);
  const status = problemOf(error)?.status;
  if (status === 403) return <Notice tone="warn" title={t("operate.forbidden")} />;
  return (
    <>
      {error !== null && <Notice tone="bad" urgent title={formError(error, t) ?? t("status.down")} />}
      {data === undefined ? (
        error === null && <Loading lines={8} />
      ) : (
        <>
          <SystemSections system={data} />
          <ReadOnlySection />
          <LimitsSection />
          <MailsSection queue={data.mails} />
        </>
      )}
    </>
  );
}
