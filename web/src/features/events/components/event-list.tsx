import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { NoAnswerError } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { EmptyState } from "@/ui/empty-state";
import { useTitle } from "@/ui/use-title";
import { later } from "@/lib/later";
import { eventListQuery } from "../api/queries";
import { useSaleMoments } from "../api/use-sale-moments";
import { readEventSearch, type EventSearch } from "../model/event-search";
import { EventFilters } from "./event-filters";
import { EventGrid } from "./event-grid";
import styles from "./event-list.module.css";
import { Pages } from "./pages";
import { SaleAnnouncer } from "./sale-announcer";

// Seldom seen. Where it does not come either, the number of events says it.
const NothingFound = later(() => import("../later/nothing-found"));

interface EventListProps {
  search: EventSearch;
  onSearch: (search: EventSearch, isTyping?: boolean) => void;
}

export function EventList({ search, onSearch }: EventListProps) {
  const { t } = useI18n();
  useTitle(t("events.title"));
  const { data, isPlaceholderData, error, refetch } = useQuery(eventListQuery(search));
  useSaleMoments(data?.data);
  // A page behind the last one, from an old link or because events have ended: the last one there is.
  const lastPage = isPlaceholderData ? undefined : data?.meta.totalPages;
  useEffect(() => {
    if (lastPage === undefined || (search.page ?? 1) <= Math.max(1, lastPage)) return;
    onSearch(readEventSearch({ ...search, page: lastPage }), true);
  }, [lastPage, search, onSearch]);
  const isFailed = error !== null && data === undefined;
  const isNone = data?.data.length === 0 && data.meta.total === 0;
  return (
    <>
      <h1 className={styles.title}>{t("events.title")}</h1>
      <EventFilters search={search} onSearch={onSearch} />
      <SaleAnnouncer events={data?.data} />
      <p className={styles.count} role="status">
        {data === undefined ? "" : t("events.count", { count: data.meta.total })}
      </p>
      {isFailed && <Failed error={error} onAgain={() => void refetch()} />}
      {isNone && (
        <Suspense>
          <NothingFound search={search} onSearch={onSearch} />
        </Suspense>
      )}
      {!isFailed && !isNone && (
        <div className={styles.results} data-stale={isPlaceholderData}>
          <EventGrid events={data?.data} placeholders={9} heading="h2" />
        </div>
      )}
      {data !== undefined && <Pages meta={data.meta} search={search} />}
    </>
  );
}

/** Below the filters: with other ones the list may well come. */
function Failed({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { t } = useI18n();
  const isOffline = error instanceof NoAnswerError;
  return (
    <EmptyState
      title={t(isOffline ? "error.offlineTitle" : "error.title")}
      text={t(isOffline ? "error.offlineText" : "error.text")}
    >
      <Button onClick={onAgain}>{t("common.tryAgain")}</Button>
    </EmptyState>
  );
}
