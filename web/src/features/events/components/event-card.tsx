import { Link } from "@tanstack/react-router";
import { use } from "react";
import type { EventSummary } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { Artwork } from "@/ui/artwork";
import { AvailabilityBadge } from "./availability-badge";
import { CardAction } from "./card-action";
import styles from "./event-card.module.css";
import { PriceFrom } from "./price-from";

interface EventCardProps {
  event: EventSummary;
  isFirst?: boolean;
  /** One below the heading that the card stands under. */
  heading?: "h2" | "h3";
}

export function EventCard({ event, isFirst = false, heading: Heading = "h3" }: EventCardProps) {
  const { t, format } = useI18n();
  const actionOf = use(CardAction);
  const day = format.day(event.startsAt, event.timeZone);
  // Of a show with more dates, the first being sold out says nothing of the others.
  const isOnly = event.dates == null || event.saleStatus !== "soldOut";
  return (
    <article className={styles.card}>
      <Artwork event={event} isFirst={isFirst} className={styles.artwork} />
      <div className={styles.body}>
        <p className={styles.when}>
          <time dateTime={event.startsAt}>
            {event.dates == null
              ? `${day} · ${format.time(event.startsAt, event.timeZone)}`
              : t("events.dates", { count: event.dates, day })}
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
          {isOnly && <AvailabilityBadge availability={event.availability} saleStatus={event.saleStatus} />}
        </div>
      </div>
      <div className={styles.action}>{actionOf(event)}</div>
    </article>
  );
}
