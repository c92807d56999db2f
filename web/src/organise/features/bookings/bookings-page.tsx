import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import {
  bookingSorts,
  bookingStates,
  fetchExport,
  ownBookingsQuery,
  type Export,
  type OwnBookingsSearch,
} from "../../api/bookings";
import type { OwnBookingSummary, OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { saveFile } from "../../lib/save-file";
import { DataTable, type Column } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { DownloadIcon } from "../../ui/icons";
import { Pager } from "../../ui/pager";
import { SearchField } from "../../ui/search-field";
import { Loading } from "../../ui/states";
import { BookingStateBadge } from "./booking-state";
import styles from "./bookings-page.module.css";

const exports = ["bookings", "tickets", "ledger"] as const satisfies readonly Export[];

interface BookingsPageProps {
  event: OwnEvent;
  search: OwnBookingsSearch;
  onSearch: (search: OwnBookingsSearch, isTyping?: boolean) => void;
}

/** Who bought what of an event. */
export function BookingsPage({ event, search, onSearch }: BookingsPageProps) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const { data, isPlaceholderData } = useQuery(ownBookingsQuery(org, event.id, search));
  const columns = useColumns(event);
  const isFiltered = [search.search, search.state, search.tier].some((value) => value !== undefined);
  return (
    <div className="stack">
      <div className="row">
        {can("bookings.sell") && event.wasPublished && event.status === "published" && (
          <ButtonLink to="/$org/events/$event/counter" params={{ org, event: event.id }}>
            {t("ownBookings.sell")}
          </ButtonLink>
        )}
        {can("bookings.export") && event.wasPublished && <Exports event={event} />}
      </div>
      <Filters event={event} search={search} onSearch={onSearch} />
      {data === undefined && <Loading lines={6} />}
      {data?.meta.total === 0 &&
        (isFiltered ? (
          <EmptyState title={t("ownBookings.noneFound")} text={t("ownBookings.noneFoundText")}>
            <Button variant="default" onClick={() => onSearch({})}>
              {t("events.clear")}
            </Button>
          </EmptyState>
        ) : (
          <EmptyState title={t("ownBookings.none")} text={t("ownBookings.noneText")} />
        ))}
      {data !== undefined && data.meta.total > 0 && (
        <>
          <p className="muted small" role="status">
            {t("ownBookings.count", { count: data.meta.total })}
          </p>
          <DataTable
            caption={t("eventTabs.bookings")}
            columns={columns}
            rows={data.data}
            keyOf={({ id }) => id}
            isStale={isPlaceholderData}
          />
          <Pager meta={data.meta} onPage={(page) => onSearch({ ...search, page })} />
        </>
      )}
    </div>
  );
}

function useColumns(event: OwnEvent): Column<OwnBookingSummary>[] {
  const { t, format } = useText();
  const { org } = useOrganisation();
  return [
    {
      key: "who",
      header: t("ownBookings.who"),
      cell: ({ id, orderCode, name, email }) => (
        <>
          <Link to="/$org/events/$event/bookings/$booking" params={{ org, event: event.id, booking: id }}>
            <bdi>{name ?? t("ownBookings.nobody")}</bdi>
          </Link>
          <span className={styles.more}>
            {[orderCode, email].filter((part) => part !== undefined && part !== null).join(" · ")}
          </span>
        </>
      ),
    },
    {
      key: "state",
      header: t("ownEvents.state"),
      cell: ({ state, payUntil }) => (
        <>
          <BookingStateBadge state={state} />
          {payUntil != null && (
            <span className={styles.more}>
              {t("booking.payUntil")} {format.moment(payUntil, event.timeZone)}
            </span>
          )}
        </>
      ),
    },
    { key: "places", header: t("tiers.places"), isFigure: true, cell: ({ places }) => format.number(places) },
    {
      key: "total",
      header: t("ownBookings.total"),
      isFigure: true,
      cell: ({ total, refunded }) => (
        <>
          {format.money(total)}
          {refunded.amount > 0 && (
            <span className={styles.more}>{t("ownBookings.refunded", { money: format.money(refunded) })}</span>
          )}
        </>
      ),
    },
    { key: "when", header: t("ownBookings.when"), cell: ({ createdAt }) => format.moment(createdAt, event.timeZone) },
  ];
}

function Exports({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const download = useMutation({
    mutationFn: async (name: Export) => saveFile(`${event.slug}-${name}.csv`, await fetchExport(org, event.id, name)),
  });
  const error = formError(download.error, t);
  return (
    <>
      {exports.map((name) => (
        <Button
          key={name}
          variant="default"
          leftSection={<DownloadIcon size={18} />}
          loading={download.isPending && download.variables === name}
          onClick={() => download.mutate(name)}
        >
          {t(`export.${name}`)}
        </Button>
      ))}
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
    </>
  );
}

function Filters({ event, search, onSearch }: BookingsPageProps) {
  const { t } = useText();
  return (
    <search className={styles.filters}>
      <SearchField
        words={search.search}
        description={t("ownBookings.searchHint")}
        onSearch={(words) => onSearch({ ...search, search: words, page: undefined }, true)}
      />
      <ChoiceField
        label={t("ownEvents.state")}
        value={search.state ?? ""}
        choices={[
          { value: "", label: t("ownEvents.anyState") },
          ...bookingStates.map((state) => ({ value: state, label: t(`bookingState.${state}`) })),
        ]}
        onChange={(state) => onSearch({ ...search, state: state === "" ? undefined : state, page: undefined })}
      />
      <ChoiceField
        label={t("ownBookings.tier")}
        value={search.tier ?? ""}
        choices={[
          { value: "", label: t("ownBookings.anyTier") },
          ...event.tiers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(tier) => onSearch({ ...search, tier: tier === "" ? undefined : tier, page: undefined })}
      />
      <ChoiceField
        label={t("events.sort")}
        value={search.sort ?? "newest"}
        choices={bookingSorts.map((sort) => ({ value: sort, label: t(`ownBookings.${sort}`) }))}
        onChange={(sort) => onSearch({ ...search, sort: sort === "newest" ? undefined : sort, page: undefined })}
      />
    </search>
  );
}
