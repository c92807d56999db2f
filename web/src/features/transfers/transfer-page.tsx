import { Button, Skeleton, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { seatLabel } from "@/i18n/seat-label";
import { useSeatNames } from "@/i18n/seat-names";
import { later } from "@/lib/later";
import { useSession } from "@/session/use-session";
import PdfButtons from "@/ui/later/pdf-buttons";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import HandOn from "./hand-on";
import { fill, useTransferTexts, type TransferTexts } from "./transfer-texts";
import { acceptTransfer, heldCodeQuery, offeredQuery, receivedQuery, type ReceivedTicket } from "./transfers";
import styles from "./transfers.module.css";

const LiveCode = later(() => import("@/ui/later/live-code"));

/** What a link offers, and the tickets that were given to the visitor. */
export function TransferPage({ secret, onAccepted }: { secret: string; onAccepted: () => void }) {
  const texts = useTransferTexts();
  useTitle(secret === "" ? texts.received : texts.offered);
  return (
    <div className={styles.page}>
      {secret !== "" && <Offered key={secret} secret={secret} onAccepted={onAccepted} />}
      <Received isAlone={secret === ""} />
    </div>
  );
}

function Offered({ secret, onAccepted }: { secret: string; onAccepted: () => void }) {
  const texts = useTransferTexts();
  const { format } = useI18n();
  const names = useSeatNames();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const { data: offered, error } = useQuery(offeredQuery(secret));
  const accept = useMutation({
    mutationFn: () => acceptTransfer(secret, name.trim()),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: receivedQuery.queryKey });
      onAccepted();
    },
  });
  if (error !== null) return <Notice tone="bad" urgent title={refusal(error, texts)} />;
  if (offered === undefined) return <Skeleton height={180} />;
  const { event, label, state } = offered;
  return (
    <form
      className={styles.panel}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!accept.isPending) accept.mutate();
      }}
    >
      <h1>{texts.offered}</h1>
      <p>
        <strong>{event.title}</strong>
        <br />
        {seatLabel(label, names)}
        <br />
        {format.moment(event.startsAt, event.timeZone)} · {event.venue}, {event.city}
      </p>
      {state === "offered" ? (
        <>
          <TextInput
            label={texts.name}
            size="md"
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(changed) => setName(changed.currentTarget.value)}
          />
          {accept.isError && <Notice tone="bad" urgent title={refusal(accept.error, texts)} />}
          <Button type="submit" size="lg" loading={accept.isPending}>
            {texts.accept}
          </Button>
        </>
      ) : (
        <Notice tone="warn" title={state === "accepted" ? texts.taken : texts.withdrawn} />
      )}
    </form>
  );
}

function Received({ isAlone }: { isAlone: boolean }) {
  const texts = useTransferTexts();
  const isBuyer = useSession().status === "signedIn";
  const { data: tickets = [], isPending } = useQuery({ ...receivedQuery, enabled: isBuyer });
  if (tickets.length === 0 && (!isAlone || (isBuyer && isPending))) return null;
  const Heading = isAlone ? "h1" : "h2";
  return (
    <section className={styles.page}>
      <Heading>{texts.received}</Heading>
      {tickets.length === 0 && <p className="muted">{texts.empty}</p>}
      {tickets.map((ticket) => (
        <ReceivedCard key={ticket.ticketId} ticket={ticket} />
      ))}
    </section>
  );
}

function ReceivedCard({ ticket }: { ticket: ReceivedTicket }) {
  const texts = useTransferTexts();
  const { format } = useI18n();
  const label = seatLabel(ticket.label, useSeatNames());
  const isLive = ticket.live === true;
  const codeQuery = heldCodeQuery(ticket);
  const { data: code } = useQuery({ ...codeQuery, enabled: ticket.valid && !isLive });
  return (
    <article className={styles.panel}>
      <p>
        <strong>{ticket.event.title}</strong>
        <br />
        {label}
        <br />
        {format.moment(ticket.event.startsAt, ticket.event.timeZone)} · {ticket.event.venue}, {ticket.event.city}
      </p>
      {!ticket.valid ? (
        <Notice tone="warn" title={texts.invalid} />
      ) : (
        <>
          {isLive ? (
            <Suspense fallback={<Skeleton width={280} height={366} />}>
              <LiveCode source={codeQuery} label={fill(texts.code, { label })} />
            </Suspense>
          ) : code === undefined ? (
            <Skeleton width={220} height={220} />
          ) : (
            <img className={styles.code} src={code} alt={fill(texts.code, { label })} width={220} height={220} />
          )}
          {!isLive && (
            <>
              <p className="small muted">
                <bdi>{fill(texts.typed, { code: ticket.code })}</bdi>
              </p>
              <div className="row">
                <PdfButtons
                  address={`/api/v1/events/${ticket.eventId}/tickets/${ticket.ticketId}/pdf`}
                  name={`${ticket.event.slug}-ticket`}
                />
              </div>
            </>
          )}
          <HandOn eventId={ticket.eventId} tickets={[{ id: ticket.ticketId, label: ticket.label }]} />
        </>
      )}
    </article>
  );
}

function refusal(error: unknown, texts: TransferTexts): string {
  const problem = problemOf(error);
  switch (problem?.code) {
    case "validation":
    case "transfer-not-found":
      return texts.unknown;
    case "transfer-accepted":
      return texts.taken;
    case "transfer-withdrawn":
    case "already-cancelled":
      return texts.withdrawn;
    default:
      return problem?.detail || texts.failed;
  }
}
