import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionInfo } from "@/api/types";
import { useAccountI18n } from "../messages";
import { Notice } from "@/ui/notice";
import { showToast } from "@/ui/toasts";
import { endOneSession, endOtherSessions, sessionsQuery } from "../api/sessions";
import { formError } from "../model/form-errors";
import styles from "./form.module.css";

interface SessionsSectionProps {
  isLeaving: boolean;
  onLeave: () => void;
}

/** Where the buyer is signed in, and signing out there. */
export function SessionsSection({ isLeaving, onLeave }: SessionsSectionProps) {
  const { t } = useAccountI18n();
  const queryClient = useQueryClient();
  const { data, error } = useQuery(sessionsQuery);
  const onSettled = () => queryClient.invalidateQueries(sessionsQuery);
  const onError = (failure: unknown) => showToast(formError(failure, t) ?? t("refusal.unknown"), "bad");
  const onSuccess = () => showToast(t("profile.sessionEnded"), "good");
  const endOne = useMutation({ mutationFn: endOneSession, onSuccess, onError, onSettled });
  const endOthers = useMutation({ mutationFn: endOtherSessions, onSuccess, onError, onSettled });
  const loadError = formError(error, t);
  return (
    <section className={styles.section} aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t("profile.sessions")}</h2>
      {loadError !== undefined && <Notice tone="bad" title={loadError} />}
      <ul className={styles.sessions}>
        {data?.data.map((each) => (
          <SessionItem
            key={each.id}
            session={each}
            isPending={endOne.isPending && endOne.variables === each.id}
            onEnd={() => endOne.mutate(each.id)}
          />
        ))}
      </ul>
      {data !== undefined && data.meta.total > 1 && (
        <Button variant="default" size="md" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t("profile.endOthers")}
        </Button>
      )}
      <Button variant="default" size="md" loading={isLeaving} onClick={onLeave}>
        {t("profile.signOut")}
      </Button>
    </section>
  );
}

interface SessionItemProps {
  session: SessionInfo;
  isPending: boolean;
  onEnd: () => void;
}

function SessionItem({ session, isPending, onEnd }: SessionItemProps) {
  const { t, format } = useAccountI18n();
  const { browser, operatingSystem: system } = session;
  const device = browser && system ? t("profile.device", { browser, system }) : (browser ?? system);
  return (
    <li className={styles.session}>
      <div>
        <p className={styles.device}>{device ?? capitalised(t("profile.unknownDevice"))}</p>
        <p className={styles.muted}>
          {session.isCurrent
            ? t("profile.sessionHere")
            : t("profile.sessionUsed", { time: format.moment(session.lastUsedAt) })}
        </p>
      </div>
      {!session.isCurrent && (
        <Button
          variant="default"
          size="sm"
          loading={isPending}
          aria-label={t("profile.endSession", { device: device ?? t("profile.unknownDevice") })}
          onClick={onEnd}
        >
          {t("profile.signOut")}
        </Button>
      )}
    </li>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
