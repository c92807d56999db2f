import { Link } from "@tanstack/react-router";
import type { EventSummary } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { Artwork } from "@/ui/artwork";
import { AvailabilityBadge } from "./availability-badge";
import styles from "./event-card.module.css";
import { PriceFrom } from "./price-from";

interface EventCardProps {
  event: EventSummary;
  isFirst?: boolean;
  /** One below the heading that the card stands under. */
  heading?: "h2" | "h3";
}

export function EventCard({ event, isFirst = false, heading: Heading = "h3" }: EventCardProps) {
  const { format } = useI18n();
  return (
    <article className={styles.card}>
      <Artwork event={event} isFirst={isFirst} className={styles.artwork} />
      <div className={styles.body}>
        <p className={styles.when}>
          <time dateTime={event.startsAt}>
            {format.day(event.startsAt, event.timeZone)} · {format.time(event.startsAt, event.timeZone)}
          </time>
        </p>
        <Heading className={styles.title}>
          <Link to="/events/$slug" params={{ slug: event.slug }} preload={false}>
            <bdi>{event.title}</bdi>
          </Link>
        </Heading>
        <p className={styles.where}>
          {event.venue.name}, {event.venue.city}
        </p>
        <div className={styles.facts}>
          <PriceFrom range={event.priceRange} />
          <AvailabilityBadge availability={event.availability} saleStatus={event.saleStatus} />
        </div>
      </div>
    </article>
  );
}
