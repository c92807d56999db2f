import { Link } from "@tanstack/react-router";
import type { MyBooking } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { secondsLeft } from "@/lib/hold-time";
import { Artwork } from "@/ui/artwork";
import { ButtonLink } from "@/ui/button-link";
import { HoldClock } from "@/ui/hold-clock";
import { useNow } from "@/ui/use-now";
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
          {t("bookings.tickets", { count: booking.items.length })} · {priceText(booking.total, t, format)}
        </p>
      </div>
      <div className={styles.state}>
        <StateBadge state={booking.state} isEventCancelled={event.cancelled} />
        {isHeld && (
          <TimeLeft
            expiresAt={booking.expiresAt}
            day={booking.payLater == null ? undefined : format.moment(booking.expiresAt, event.timeZone)}
            params={params}
          />
        )}
      </div>
    </article>
  );
}

interface TimeLeftProps {
  expiresAt: string;
  /** Of places that wait for days: until when. */
  day: string | undefined;
  params: { eventId: string; bookingId: string };
}

/** Places wait to be paid for, and mostly not for long. */
function TimeLeft({ expiresAt, day, params }: TimeLeftProps) {
  const { t } = useI18n();
  const left = secondsLeft(expiresAt, useNow());
  if (left === 0) return <span className="muted small">{t("state.expired")}</span>;
  return (
    <>
      {day === undefined ? <HoldClock seconds={left} isSpoken={false} /> : <span className="small">{day}</span>}
      <ButtonLink to="/checkout/$eventId/$bookingId" params={params} className={styles.pay}>
        {t("bookings.payNow")}
      </ButtonLink>
    </>
  );
}
