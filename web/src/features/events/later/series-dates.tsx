import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { eventListQuery } from "../api/queries";
import { AvailabilityBadge } from "../components/availability-badge";
import styles from "./series-dates.module.css";

/** A run that is longer goes on in the list of events. */
const shownDates = 50;

/** The dates of a show that are still to come, to change to another of them. */
export default function SeriesDates({ event, seriesId }: { event: EventDetails; seriesId: string }): ReactNode {
  const { t, format } = useI18n();
  const { data, error, refetch } = useQuery(eventListQuery({ series: seriesId }, shownDates));
  if (error !== null && data === undefined) {
    return (
      <p role="alert">
        {t("error.offlineTitle")}.{" "}
        <button type="button" className={styles.again} onClick={() => void refetch()}>
          {t("common.tryAgain")}
        </button>
      </p>
    );
  }
  if (data === undefined) return <p role="status">{t("common.loading")}</p>;
  return (
    <ul className={styles.dates}>
      {data.data.map((date) => (
        <li key={date.id}>
          <Link to="/events/$slug" params={{ slug: date.slug }} preload={false}>
            <time dateTime={date.startsAt}>
              {format.day(date.startsAt, date.timeZone)} · {format.time(date.startsAt, date.timeZone)}
            </time>
            <span className={styles.where}>
              {date.venue.slug !== event.venue.slug && (
                <bdi>
                  {date.venue.name}, {date.venue.city}
                </bdi>
              )}
            </span>
            <AvailabilityBadge availability={date.availability} saleStatus={date.saleStatus} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
