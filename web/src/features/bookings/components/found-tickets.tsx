import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { EventDetails, FoundOrder } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import PdfButtons from "@/ui/later/pdf-buttons";
import { PrintIcon } from "@/ui/icons";
import { orderTicketCodeQuery } from "../api/queries";
import { OrderCode } from "./order-code";
import { StateBadge } from "./state-badge";
import { TicketCard } from "./ticket-card";
import styles from "./tickets-page.module.css";

/** What was found: the tickets, to show and to print. Only the buyer who is signed in can cancel. */
export function FoundTickets({ order, event }: { order: FoundOrder; event: EventDetails }) {
  const { t, format } = useI18n();
  const { booking, access } = order;
  const isConfirmed = booking.state === "confirmed";
  const isLive = booking.tickets?.[0]?.live === true;
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <StateBadge state={booking.state} isEventCancelled={event.status === "cancelled"} />
        <h1 ref={heading} tabIndex={-1}>
          {t(isConfirmed ? "tickets.title" : "tickets.cancelledTitle", { count: booking.items.length })}
        </h1>
        <p className="muted">
          {event.title} · {format.moment(event.startsAt, event.timeZone)} · {event.venue.name}, {event.venue.city}
        </p>
        {booking.orderCode !== undefined && <OrderCode code={booking.orderCode} email={booking.contact?.email} />}
        {isConfirmed && !isLive && (
          <div className={`${styles.actions ?? ""} row`}>
            <Button leftSection={<PrintIcon size={18} />} onClick={() => print()}>
              {t("tickets.print")}
            </Button>
            <PdfButtons
              address="/api/v1/orders/tickets/pdf"
              headers={{ "Order-Access": access }}
              name={`${event.slug}-tickets`}
            />
          </div>
        )}
      </header>
      {isConfirmed && (
        <ul className={styles.tickets}>
          {booking.tickets?.map((ticket, index) => (
            <li key={ticket.id}>
              <TicketCard
                event={event}
                ticket={ticket}
                code={orderTicketCodeQuery(access, ticket)}
                position={t("tickets.position", { index: index + 1, count: booking.items.length })}
                price={booking.items.find(({ id }) => id === ticket.id)?.price}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
