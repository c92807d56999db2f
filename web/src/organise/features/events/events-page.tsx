import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { PlusIcon } from "@/ui/icons";
import { ownEventsQuery, type OwnEventsSearch } from "../../api/events";
import type { OwnEventSummary } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable, type Column } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { Share } from "../../ui/figures";
import { Page } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { SearchField } from "../../ui/search-field";
import { Loading } from "../../ui/states";
import { EventState } from "./event-state";
import styles from "./events-page.module.css";

interface EventsPageProps {
  search: OwnEventsSearch;
  onSearch: (search: OwnEventsSearch, isTyping?: boolean) => void;
}

export function EventsPage({ search, onSearch }: EventsPageProps) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const { data, isPlaceholderData } = useQuery(ownEventsQuery(org, search));
  const columns = useEventColumns();
  const isFiltered = Object.entries(search).some(([name, value]) => value !== undefined && name !== "order");
  const add = can("events.edit") && (
    <ButtonLink to="/$org/events/new" params={{ org }} leftSection={<PlusIcon size={18} />}>
      {t("ownEvents.new")}
    </ButtonLink>
  );
  return (
    <Page title={t("nav.organiseEvents")} actions={add}>
      <Filters search={search} onSearch={onSearch} />
      {data === undefined && <Loading lines={6} />}
      {data?.meta.total === 0 &&
        (isFiltered ? (
          <EmptyState title={t("ownEvents.noneFound")} text={t("ownEvents.noneFoundText")}>
            <Button variant="default" onClick={() => onSearch({})}>
              {t("events.clear")}
            </Button>
          </EmptyState>
        ) : (
          <EmptyState title={t("ownEvents.none")} text={t("ownEvents.noneText")}>
            {add}
          </EmptyState>
        ))}
      {data !== undefined && data.meta.total > 0 && (
        <>
          <p className="muted small" role="status">
            {t("events.count", { count: data.meta.total })}
          </p>
          <DataTable
            caption={t("nav.organiseEvents")}
            columns={columns}
            rows={data.data}
            keyOf={({ id }) => id}
            isStale={isPlaceholderData}
            sorting={{ by: "start", order: search.order ?? "asc" }}
            onSort={({ order }) => onSearch({ ...search, order, page: undefined })}
          />
          <Pager meta={data.meta} onPage={(page) => onSearch({ ...search, page })} />
        </>
      )}
    </Page>
  );
}

export function useEventColumns(): Column<OwnEventSummary>[] {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  return [
    {
      key: "title",
      header: t("event.title"),
      cell: ({ id, title, venue }) => (
        <>
          {can("events.read") ? (
            <Link className={styles.title} to="/$org/events/$event" params={{ org, event: id }}>
              <bdi>{title}</bdi>
            </Link>
          ) : can("checkin.scan") ? (
            <Link className={styles.title} to="/$org/door/$event" params={{ org, event: id }}>
              <bdi>{title}</bdi>
            </Link>
          ) : (
            <bdi className={styles.title}>{title}</bdi>
          )}
          {venue !== undefined && venue !== null && (
            <span className={styles.venue}>
              {venue.name}, {venue.city}
            </span>
          )}
        </>
      ),
    },
    {
      key: "start",
      header: t("ownEvents.start"),
      sort: "start",
      cell: ({ startsAt, timeZone }) => format.moment(startsAt, timeZone),
    },
    { key: "state", header: t("ownEvents.state"), cell: (event) => <EventState event={event} /> },
    {
      key: "sold",
      header: t("ownEvents.taken"),
      isFigure: true,
      cell: ({ availability: { total, available } }) =>
        total > 0 && (
          <>
            {t("ownEvents.takenOf", { taken: total - available, total })}
            <Share part={total - available} whole={total} />
          </>
        ),
    },
  ];
}

function Filters({ search, onSearch }: EventsPageProps) {
  const { t } = useText();
  return (
    <search className={styles.filters}>
      <SearchField
        words={search.search}
        onSearch={(words) => onSearch({ ...search, search: words, page: undefined }, true)}
      />
      <ChoiceField
        label={t("ownEvents.state")}
        value={search.status ?? ""}
        choices={[
          { value: "", label: t("ownEvents.anyState") },
          { value: "draft", label: t("eventState.draft") },
          { value: "published", label: t("eventState.published") },
          { value: "cancelled", label: t("eventState.cancelled") },
        ]}
        onChange={(status) => onSearch({ ...search, status: status === "" ? undefined : status, page: undefined })}
      />
      <ChoiceField
        label={t("ownEvents.when")}
        value={search.time ?? ""}
        choices={[
          { value: "", label: t("ownEvents.anyTime") },
          { value: "ahead", label: t("ownEvents.ahead") },
          { value: "past", label: t("ownEvents.past") },
        ]}
        onChange={(time) => onSearch({ ...search, time: time === "" ? undefined : time, page: undefined })}
      />
      <ChoiceField
        label={t("events.sort")}
        value={search.order ?? "asc"}
        choices={[
          { value: "asc", label: t("events.sortSoonest") },
          { value: "desc", label: t("events.sortLatest") },
        ]}
        onChange={(order) => onSearch({ ...search, order: order === "asc" ? undefined : order, page: undefined })}
      />
    </search>
  );
}
