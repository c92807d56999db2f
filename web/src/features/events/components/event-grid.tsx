import { Skeleton } from "@mantine/core";
import type { EventSummary } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { ArtworkSlot } from "@/ui/artwork";
import { EventCard } from "./event-card";
import styles from "./event-grid.module.css";

interface EventGridProps {
  events: readonly EventSummary[] | undefined;
  placeholders?: number;
  /** How many pictures the server puts into the page; the first is fetched before all else. */
  pictures?: number;
  heading?: "h2" | "h3";
}

export function EventGrid({ events, placeholders = 6, pictures = 3, heading = "h3" }: EventGridProps) {
  const { t } = useI18n();
  if (events === undefined) {
    return (
      <div className={styles.grid} role="status">
        <span className="visually-hidden">{t("common.loading")}</span>
        {Array.from({ length: placeholders }, (_, index) => (
          <div key={index} className="stack">
            {index < pictures ? (
              <ArtworkSlot className={styles.picture} />
            ) : (
              <Skeleton className={styles.picture ?? ""} />
            )}
            <Skeleton height={14} width="40%" />
            <Skeleton height={22} width="80%" />
            <Skeleton height={16} width="60%" />
          </div>
        ))}
      </div>
    );
  }
  return (
    <ul className={styles.grid}>
      {events.map((event, index) => (
        <li key={event.id}>
          <EventCard event={event} isFirst={index === 0 && pictures > 0} heading={heading} />
        </li>
      ))}
    </ul>
  );
}
