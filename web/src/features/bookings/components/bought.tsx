import type { EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { CheckIcon, PinIcon } from "@/ui/icons";
import { ShareButton } from "@/ui/share-button";
import { useBoughtTexts } from "./bought-texts";
import styles from "./bought.module.css";

/** The moment after paying: it worked, when it is, who may come along, how to get there. */
export default function Bought({ event, count }: { event: EventDetails; count: number }) {
  const { t, format } = useI18n();
  const own = useBoughtTexts();
  const place = [event.venue.name, event.venue.address, event.venue.city].filter((part) => part !== "").join(", ");
  return (
    <section className={styles.bought} aria-labelledby="bought">
      <span className={styles.mark}>
        <CheckIcon size={28} />
      </span>
      <div className={styles.text}>
        <h2 id="bought">{own("bought", { day: format.longDay(event.startsAt, event.timeZone) })}</h2>
        <p>{own("boughtText", { count })}</p>
        <div className="row">
          <ShareButton title={event.title} path={`/events/${event.slug}`} label={t("event.shareText")} />
          <a
            className={styles.way}
            href={`https://www.openstreetmap.org/search?query=${encodeURIComponent(place)}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            <PinIcon size={18} />
            {place}
          </a>
        </div>
      </div>
    </section>
  );
}
