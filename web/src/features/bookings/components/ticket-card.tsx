import { Suspense } from "react";
import type { EventDetails, Money, Ticket } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { seatLabel } from "@/i18n/seat-label";
import { useSeatNames } from "@/i18n/seat-names";
import { later } from "@/lib/later";
import { Artwork } from "@/ui/artwork";
import type { ticketCodeQuery } from "../api/queries";
import styles from "./ticket-card.module.css";

const TicketCode = later(() => import("./ticket-code"));

interface TicketCardProps {
  event: EventDetails;
  ticket: Ticket;
  /** Where its code comes from. */
  code: ReturnType<typeof ticketCodeQuery>;
  position: string;
  price: Money | undefined;
}

export function TicketCard({ event, ticket, code, position, price }: TicketCardProps) {
  const { t, format } = useI18n();
  const label = seatLabel(ticket.label, useSeatNames());
  return (
    <article className={styles.ticket}>
      <Artwork event={event} isFirst className={styles.artwork} />
      <div className={styles.text}>
        <p className="muted small">{position}</p>
        <h2>{label}</h2>
        <p>
          <strong>{event.title}</strong>
        </p>
        <p className="muted">
          {format.longDay(event.startsAt, event.timeZone)}, {format.time(event.startsAt, event.timeZone)}
          <br />
          {event.venue.name}, {event.venue.address}, {event.venue.city}
        </p>
        {price !== undefined && <p className="muted num">{priceText(price, t, format)}</p>}
      </div>
      <div className={styles.code}>
        <Suspense>
          <TicketCode source={code} ticket={ticket} label={label} />
        </Suspense>
      </div>
    </article>
  );
}
