import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import type { Booking, EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { serverNow } from "@/lib/server-clock";
import { useSession } from "@/session/use-session";
import PdfButtons from "@/ui/later/pdf-buttons";
import { CalendarIcon, PrintIcon } from "@/ui/icons";
import { showToast } from "@/ui/toasts";
import { useTitle } from "@/ui/use-title";
import { later } from "@/lib/later";
import { downloadCalendar, ticketCodeQuery } from "../api/queries";
import { canCancel } from "../model/booking-state";
import { OrderCode } from "./order-code";
import { StateBadge } from "./state-badge";
import { TicketCard } from "./ticket-card";
import styles from "./tickets-page.module.css";

const CancelDialog = later(() => import("./cancel-dialog"));
const Bought = later(() => import("./bought"));
const CalledOff = later(() => import("./called-off"));
const Invoices = later(() => import("./invoices"));

interface TicketsPageProps {
  event: EventDetails;
  booking: Booking;
  /** Whether the visitor comes from paying for it. */
  isBought: boolean;
  notice: ReactNode;
}

export function TicketsPage({ event, booking, isBought, notice }: TicketsPageProps) {
  const { t, format } = useI18n();
  const [isCancelling, setCancelling] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const isConfirmed = booking.state === "confirmed";
  // What was kept on the device: all that needs the server is left out.
  const isKept = useSession().status === "restoring";
  const isEventCancelled = event.status === "cancelled";
  const [wasConfirmed] = useState(isConfirmed);
  useEffect(() => {
    // The button that had the focus is gone with the tickets.
    if (wasConfirmed && !isConfirmed) heading.current?.focus();
  }, [wasConfirmed, isConfirmed]);
  const title = t(isConfirmed ? "tickets.title" : "tickets.cancelledTitle", { count: booking.items.length });
  useTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <StateBadge state={booking.state} isEventCancelled={isEventCancelled} />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="muted">
          {event.title} · {format.moment(event.startsAt, event.timeZone)} · {event.venue.name}, {event.venue.city}
        </p>
        {booking.orderCode !== undefined && <OrderCode code={booking.orderCode} email={booking.contact?.email} />}
        {isConfirmed && (
          <div className={`${styles.actions ?? ""} row`}>
            {booking.tickets?.[0]?.live !== true && (
              <Button leftSection={<PrintIcon size={18} />} onClick={() => print()}>
                {t("tickets.print")}
              </Button>
            )}
            {booking.tickets?.[0]?.live !== true && !isKept && (
              <PdfButtons
                address={`/api/v1/events/${event.id}/bookings/${booking.id}/tickets/pdf`}
                name={`tickets-${booking.orderCode ?? booking.id}`}
              />
            )}
            {!isKept && (
              <Button
                variant="default"
                leftSection={<CalendarIcon size={18} />}
                onClick={() => {
                  downloadCalendar(event.id, booking.id, event.slug).catch(() => showToast(t("error.title"), "bad"));
                }}
              >
                {t("event.addToCalendar")}
              </Button>
            )}
            {!isKept && canCancel(booking.state, event.policy.cancellableUntil, serverNow()) && (
              <Button variant="subtle" color="red" onClick={() => setCancelling(true)}>
                {t("tickets.cancel")}
              </Button>
            )}
          </div>
        )}
      </header>
      {isConfirmed && isEventCancelled && (
        <Suspense>
          <CalledOff event={event} total={booking.total} />
        </Suspense>
      )}
      {isConfirmed && isBought && !isEventCancelled && (
        <Suspense>
          <Bought event={event} count={booking.items.length} />
        </Suspense>
      )}
      {isConfirmed ? (
        <ul className={styles.tickets}>
          {booking.tickets?.map((ticket, index) => (
            <li key={ticket.id}>
              <TicketCard
                event={event}
                ticket={ticket}
                code={ticketCodeQuery(event.id, booking.id, ticket)}
                position={t("tickets.position", { index: index + 1, count: booking.items.length })}
                price={booking.items.find(({ id }) => id === ticket.id)?.price}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p>{t("tickets.cancelledText", { total: priceText(booking.total, t, format) })}</p>
      )}
      {!isKept && booking.total.amount > 0 && (
        <Suspense>
          <Invoices eventId={event.id} booking={booking} />
        </Suspense>
      )}
      {!isKept && notice}
      <Link to="/bookings" className={styles.all}>
        {t("bookings.all")}
      </Link>
      <Suspense>
        <CancelDialog event={event} booking={booking} open={isCancelling} onClose={() => setCancelling(false)} />
      </Suspense>
    </div>
  );
}
