import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { fieldError, problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { seatLabel } from "@/i18n/seat-label";
import { useSeatNames } from "@/i18n/seat-names";
import { Notice } from "@/ui/notice";
import { fill, useTransferTexts } from "./transfer-texts";
import { offersQuery, offerTicket, withdrawTransfer, type Transfer } from "./transfers";
import styles from "./transfers.module.css";

interface HandOnProps {
  eventId: string;
  tickets: { id: string; label: string }[];
}

/** Offers tickets to others, and shows what became of that. */
export default function HandOn({ eventId, tickets }: HandOnProps) {
  const texts = useTransferTexts();
  const { data: offers = [] } = useQuery(offersQuery(eventId));
  const [isOpen, setOpen] = useState(false);
  const heading = useId();
  const own = offers.filter(
    ({ ticketId, state, isBack }) =>
      state !== "withdrawn" && isBack !== true && tickets.some(({ id }) => id === ticketId),
  );
  const free = tickets.filter(({ id }) => own.every(({ ticketId }) => ticketId !== id));
  return (
    <section className={`${styles.panel ?? ""} ${styles.onlyOnScreen ?? ""}`} aria-labelledby={heading}>
      <h2 id={heading}>{texts.give}</h2>
      {own.length > 0 && (
        <ul className={styles.offers}>
          {own.map((offer) => (
            <Offer key={offer.id} eventId={eventId} offer={offer} tickets={tickets} />
          ))}
        </ul>
      )}
      {free.length === 0 ? (
        <p className="small muted">{texts.none}</p>
      ) : isOpen ? (
        <OfferForm eventId={eventId} tickets={free} onDone={() => setOpen(false)} />
      ) : (
        <div>
          <Button variant="default" size="md" onClick={() => setOpen(true)}>
            {texts.give}
          </Button>
        </div>
      )}
    </section>
  );
}

function Offer({ eventId, offer, tickets }: HandOnProps & { offer: Transfer }) {
  const texts = useTransferTexts();
  const names = useSeatNames();
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => withdrawTransfer(eventId, offer.ticketId, offer.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: offersQuery(eventId).queryKey }),
  });
  const label = tickets.find(({ id }) => id === offer.ticketId)?.label ?? "";
  const isOpen = offer.state === "offered";
  return (
    <li>
      <span>
        <strong>{seatLabel(label, names)}</strong>
        <br />
        <bdi>{fill(isOpen ? texts.waiting : texts.given, { email: offer.email ?? texts.somebody })}</bdi>
      </span>
      {isOpen && (
        <Button variant="subtle" size="md" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {texts.withdraw}
        </Button>
      )}
      {withdraw.isError && <Notice tone="bad" urgent title={problemOf(withdraw.error)?.detail || texts.failed} />}
    </li>
  );
}

function OfferForm({ eventId, tickets, onDone }: HandOnProps & { onDone: () => void }) {
  const texts = useTransferTexts();
  const names = useSeatNames();
  const { language } = useI18n();
  const queryClient = useQueryClient();
  const [ticketId, setTicketId] = useState(tickets[0]?.id ?? "");
  const [email, setEmail] = useState("");
  const offer = useMutation({
    mutationFn: () => offerTicket(eventId, ticketId, email.trim(), language),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: offersQuery(eventId).queryKey });
      onDone();
    },
  });
  const problem = problemOf(offer.error);
  return (
    <form
      className="stack"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!offer.isPending) offer.mutate();
      }}
    >
      <p className="small">{texts.about}</p>
      {tickets.length > 1 && (
        <label className={styles.field}>
          {texts.ticket}
          <select
            className={styles.select}
            value={ticketId}
            onChange={(changed) => setTicketId(changed.currentTarget.value)}
          >
            {tickets.map((ticket) => (
              <option key={ticket.id} value={ticket.id}>
                {seatLabel(ticket.label, names)}
              </option>
            ))}
          </select>
        </label>
      )}
      <TextInput
        label={texts.email}
        type="email"
        size="md"
        autoComplete="off"
        maxLength={254}
        required
        withAsterisk={false}
        value={email}
        error={fieldError(offer.error, "email")}
        onChange={(changed) => setEmail(changed.currentTarget.value)}
      />
      {offer.isError && problem?.errors === undefined && (
        <Notice tone="bad" urgent title={problem?.detail || texts.failed} />
      )}
      <div>
        <Button type="submit" size="md" loading={offer.isPending}>
          {texts.send}
        </Button>
      </div>
    </form>
  );
}
