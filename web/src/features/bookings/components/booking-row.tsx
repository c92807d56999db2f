import { Link } from "@tanstack/react-router";
import type { MyBooking } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { Artwork } from "@/ui/artwork";
import { StateBadge } from "./state-badge";
import styles from "./booking-row.module.css";

export function BookingRow({ booking, event }: MyBooking) {
  const { t, format } = useI18n();
  const isHeld = booking.state === "held" || booking.state === "paying";
  const params = { eventId: event.id, bookingId: booking.id };
  return (
    <article className={styles.row}>
      <Artwork event={event} className={styles.artwork} />
      <div className={styles.text}>
        <h2>
          <Link to={isHeld ? "/checkout/$eventId/$bookingId" : "/bookings/$eventId/$bookingId"} params={params}>
            {event.title}
          </Link>
        </h2>
        <p>{format.moment(event.startsAt, event.timeZone)}</p>
        <p className="muted">
          {event.venue}, {event.city}
        </p>
        <p className="muted">
          {t("bookings.tickets", { count: booking.items.length })} · {format.money(booking.total)}
        </p>
      </div>
      <StateBadge state={booking.state} isEventCancelled={event.cancelled} />
    </article>
  );
}
