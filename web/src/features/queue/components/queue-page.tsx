import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { EventDetails, QueueState } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { serverNow } from "@/lib/server-clock";
import { keptAdmission } from "@/session/queue-place";
import { useSession } from "@/session/use-session";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import { useNow } from "@/ui/use-now";
import { useTitle } from "@/ui/use-title";
import { joinQueue, queueQuery } from "../api/queue";
import { useQueueMessages } from "../messages";
import styles from "./queue-page.module.css";
import { WaitingLine } from "./waiting-line";

/** The state is the same for all, and kept by caches for a second: not everybody asks in the same one. */
const askEveryMs = 2000;

export interface QueuePageProps {
  event: EventDetails;
  countdown: (until: string) => ReactNode;
  /** The buyer may book now. */
  onLetIn: () => void;
  onLeft: () => void;
}

/** The waiting room of an event: joined by coming, kept over a reload. */
export function QueuePage(props: QueuePageProps) {
  const say = useQueueMessages();
  const { event } = props;
  const {
    data: state,
    dataUpdatedAt,
    error,
  } = useQuery({
    ...queueQuery(event.id),
    refetchInterval: () => askEveryMs * (0.75 + Math.random() / 2),
    refetchIntervalInBackground: true,
  });
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <p className="muted">{say("kicker")}</p>
        <h1>
          <bdi>{event.title}</bdi>
        </h1>
      </header>
      {error !== null && <Notice tone="warn" title={say("noAnswer")} />}
      {state !== undefined && <Room {...props} state={state} atMs={dataUpdatedAt} />}
    </div>
  );
}

interface RoomProps extends QueuePageProps {
  state: QueueState;
  /** When it was read. */
  atMs: number;
}

function Room({ state, atMs, ...props }: RoomProps) {
  const { t } = useI18n();
  const say = useQueueMessages();
  const { event } = props;
  const session = useSession();
  const isAccount = session.status === "signedIn" && session.user.kind === "account";
  const admission = keptAdmission(event.id, serverNow());
  const mayJoin = state.phase !== "closed" && !(state.needsAccount && !isAccount) && session.status !== "restoring";
  const buyerId = session.status === "signedIn" ? session.user.id : undefined;
  const { data: pass, error } = useQuery({
    queryKey: ["queue-pass", event.id, state.era, buyerId],
    queryFn: () => joinQueue(event.id, state.era),
    enabled: mayJoin && state.phase !== "soldOut",
    staleTime: Infinity,
    retry: 3,
    throwOnError: false,
  });
  if (state.phase === "closed") return <Closed {...props} state={state} />;
  if (admission !== undefined && state.phase !== "preQueue")
    return <Inside event={event} until={admission.expiresAt} />;
  if (state.phase === "soldOut") return <SoldOut event={event} />;
  if (state.needsAccount && !isAccount) {
    return (
      <Notice tone="outline" title={say("needsAccount")}>
        <div className="row">
          <ButtonLink to="/login" search={{ to: `/events/${event.slug}/queue` }}>
            {t("nav.signIn")}
          </ButtonLink>
        </div>
      </Notice>
    );
  }
  return (
    <>
      {error !== null && <Notice tone="bad" urgent title={say("joinFailed")} />}
      <WaitingLine {...props} state={state} atMs={atMs} pass={pass} buyerId={buyerId} />
    </>
  );
}

/** Nobody waits: one books as ever, or the room is still to open. */
function Closed({ event, state, countdown }: QueuePageProps & { state: QueueState }) {
  const { t, format } = useI18n();
  const say = useQueueMessages();
  useTitle(event.title);
  const now = useNow();
  const opensAt = state.opensAt ?? undefined;
  const isToOpen = opensAt !== undefined && Date.parse(opensAt) > now;
  return (
    <EmptyState
      title={say(isToOpen ? "toOpen" : "closed")}
      text={isToOpen ? say("toOpenText", { time: format.moment(opensAt) }) : say("closedText")}
    >
      {isToOpen && countdown(opensAt)}
      <ButtonLink to="/events/$slug" params={{ slug: event.slug }}>
        {t("pick.toEvent")}
      </ButtonLink>
    </EmptyState>
  );
}

function SoldOut({ event }: { event: EventDetails }) {
  const { t } = useI18n();
  const say = useQueueMessages();
  useTitle(`${t("badge.soldOut")} · ${event.title}`);
  return (
    <div role="status">
      <EmptyState title={t("badge.soldOut")} text={say("soldOutText")}>
        <ButtonLink to="/events">{t("common.browse")}</ButtonLink>
      </EmptyState>
    </div>
  );
}

function Inside({ event, until }: { event: EventDetails; until: string }) {
  const { format } = useI18n();
  const say = useQueueMessages();
  useTitle(`${say("yourTurn")} · ${event.title}`);
  return (
    <Notice tone="good" title={say("inside")}>
      <p>{say("insideUntil", { time: format.time(until, Intl.DateTimeFormat().resolvedOptions().timeZone) })}</p>
      <div className="row">
        <ButtonLink size="lg" to="/events/$slug/pick" params={{ slug: event.slug }}>
          {say("choose")}
        </ButtonLink>
      </div>
    </Notice>
  );
}
