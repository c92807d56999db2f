import { Skeleton } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { Artwork, ArtworkSlot } from "@/ui/artwork";
import { useTitle } from "@/ui/use-title";
import { useKnownEvent } from "../api/use-known-event";
import { isLongTitle } from "../model/titles";
import styles from "./event-page.module.css";

/** The event page while it loads: with what is known of the event already, if the visitor comes from a list. */
export function EventPreview({ slug }: { slug: string }) {
  const { t } = useI18n();
  const event = useKnownEvent(slug);
  useTitle(event?.title);
  return (
    <article className={styles.page} aria-busy="true">
      {event === undefined || event.id === "" ? (
        <ArtworkSlot className={styles.artwork} />
      ) : (
        <Artwork event={event} isFirst className={styles.artwork} />
      )}
      <div className={styles.text}>
        <p className={styles.category}>&nbsp;</p>
        {event === undefined ? (
          <Skeleton height={48} width="70%" />
        ) : (
          <>
            <h1 data-long={isLongTitle(event.title)}>
              <bdi>{event.title}</bdi>
            </h1>
            <p className={styles.summary}>
              <bdi>{event.summary}</bdi>
            </p>
          </>
        )}
        <div className={styles.facts}>
          {["45%", "60%", "80%"].map((width) => (
            <Skeleton key={width} height={22.5} width={width} />
          ))}
        </div>
        <span className="visually-hidden" role="status">
          {t("common.loading")}
        </span>
      </div>
      <div className={styles.aside}>
        <Skeleton height={22} width="50%" />
        <Skeleton height={120} />
        <Skeleton height={50} />
      </div>
    </article>
  );
}
