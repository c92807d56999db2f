import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useI18n } from "@/i18n/i18n";
import { EmptyState } from "@/ui/empty-state";
import { useTitle } from "@/ui/use-title";
import { eventListQuery } from "../api/queries";
import { countFilters, type EventSearch } from "../model/event-search";
import { EventFilters } from "./event-filters";
import { EventGrid } from "./event-grid";
import styles from "./event-list.module.css";
import { Pages } from "./pages";

interface EventListProps {
  search: EventSearch;
  onSearch: (search: EventSearch, isTyping?: boolean) => void;
}

export function EventList({ search, onSearch }: EventListProps) {
  const { t } = useI18n();
  useTitle(t("events.title"));
  const { data, isPlaceholderData, error, refetch } = useQuery(eventListQuery(search));
  return (
    <>
      <h1 className={styles.title}>{t("events.title")}</h1>
      <EventFilters search={search} onSearch={onSearch} />
      <p className={styles.count} role="status">
        {data === undefined ? "" : t("events.count", { count: data.meta.total })}
      </p>
      {error !== null && data === undefined && (
        <EmptyState title={t("error.title")} text={t("error.text")}>
          <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
        </EmptyState>
      )}
      {data?.data.length === 0 ? (
        <EmptyState title={t("events.noneTitle")} text={t("events.noneText")}>
          {countFilters(search) > 0 && <Button onClick={() => onSearch({})}>{t("events.clear")}</Button>}
        </EmptyState>
      ) : (
        error === null && (
          <div className={styles.results} data-stale={isPlaceholderData}>
            <EventGrid events={data?.data} placeholders={9} heading="h2" />
          </div>
        )
      )}
      {data !== undefined && <Pages meta={data.meta} search={search} />}
    </>
  );
}
