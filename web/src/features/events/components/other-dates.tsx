import { lazy, Suspense, useState, type ReactNode } from "react";
import type { EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { ChevronIcon } from "@/ui/icons";
import styles from "./other-dates.module.css";

const SeriesDates = lazy(() => import("../later/series-dates").catch(() => ({ default: NotFetched })));

/** The page goes on without them. */
function NotFetched(): ReactNode {
  const { t } = useI18n();
  return <p role="alert">{t("error.offlineTitle")}</p>;
}

/** A line of the page from the first; what it opens is fetched when it is opened. */
export function OtherDates({ event }: { event: EventDetails }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const { seriesId } = event;
  if (seriesId == null) return null;
  return (
    <details className={styles.details} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {t("event.otherDates")} <ChevronIcon size={18} />
      </summary>
      {isOpen && (
        <Suspense fallback={<p role="status">{t("common.loading")}</p>}>
          <SeriesDates event={event} seriesId={seriesId} />
        </Suspense>
      )}
    </details>
  );
}
