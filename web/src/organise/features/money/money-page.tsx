import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { fetchStatement, moneyQuery, type LedgerKind } from "../../api/money";
import type { EventMoney, MoneyFigures } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { periodNames, periodOf, type Period, type PeriodName } from "../../lib/periods";
import { DataTable } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { Figures } from "../../ui/figures";
import { DownloadButton } from "../../ui/download-button";
import { Page, Section } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { Loading } from "../../ui/states";
import { LedgerList } from "./ledger-list";
import { OwedList } from "./owed-list";
import { Reconciliation } from "./reconciliation";
import styles from "./money-page.module.css";

export interface MoneySearch {
  period?: PeriodName | undefined;
  events?: number | undefined;
  event?: string | undefined;
  kind?: LedgerKind | undefined;
  page?: number | undefined;
}

interface MoneyPageProps {
  search: MoneySearch;
  onSearch: (search: MoneySearch) => void;
}

/** What was sold in a period, what went back, and every entry of the ledger. */
export function MoneyPage({ search, onSearch }: MoneyPageProps) {
  const { t } = useText();
  const { organisation, org, can } = useOrganisation();
  // One "now" for as long as the page is open: its figures and entries are of the same time.
  const [now] = useState(() => new Date().toISOString());
  const name = search.period ?? "thisMonth";
  const period = periodOf(name, organisation.timeZone, now);
  const { data, isPlaceholderData } = useQuery(moneyQuery(org, period, search.events));
  return (
    <Page
      title={t("nav.money")}
      lead={t("money.lead")}
      actions={can("bookings.export") && <Statement period={period} name={name} />}
    >
      <div className={styles.filters}>
        <ChoiceField
          label={t("money.period")}
          description={t("field.inZone", { zone: organisation.timeZone.replaceAll("_", " ") })}
          value={name}
          choices={periodNames.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(value) => onSearch({ ...search, period: value, events: undefined, page: undefined })}
        />
      </div>
      {data === undefined && <Loading lines={6} />}
      {data?.totals.length === 0 && <EmptyState title={t("money.none")} text={t("money.noneText")} />}
      {data?.totals.map((figures) => (
        <Totals key={figures.gross.currency} figures={figures} isOnly={data.totals.length === 1} />
      ))}
      {data !== undefined && data.events.meta.total > 0 && (
        <Section title={t("money.byEvent")}>
          <EventsTable rows={data.events.data} isStale={isPlaceholderData} />
          <Pager meta={data.events.meta} onPage={(events) => onSearch({ ...search, events })} />
        </Section>
      )}
      <OwedList />
      <Reconciliation />
      <LedgerList period={period} search={search} onSearch={onSearch} />
    </Page>
  );
}

const parts = ["gross", "refunds", "fees", "tax", "net"] as const;

function Totals({ figures, isOnly }: { figures: MoneyFigures; isOnly: boolean }) {
  const { t, format } = useText();
  const label = isOnly ? t("report.money") : t("money.inCurrency", { currency: figures.gross.currency });
  return (
    <Figures
      label={label}
      figures={parts.map((part) => ({
        name: t(`money.${part}`),
        value: format.money(figures[part]),
        note: t(`money.${part}Note`),
      }))}
    />
  );
}

function EventsTable({ rows, isStale }: { rows: readonly EventMoney[]; isStale: boolean }) {
  const { t, format } = useText();
  const { organisation } = useOrganisation();
  return (
    <DataTable
      caption={t("money.byEvent")}
      rows={rows}
      keyOf={({ eventId, figures }) => `${eventId}${figures.gross.currency}`}
      isStale={isStale}
      columns={[
        {
          key: "event",
          header: t("money.event"),
          cell: ({ title, startsAt }) => (
            <>
              <bdi>{title}</bdi>
              <span className={styles.more}>{format.day(startsAt, organisation.timeZone)}</span>
            </>
          ),
        },
        ...parts.map((part) => ({
          key: part,
          header: t(`money.${part}`),
          isFigure: true,
          cell: ({ figures }: EventMoney) => format.money(figures[part]),
        })),
      ]}
    />
  );
}

function Statement({ period, name }: { period: Period; name: PeriodName }) {
  const { t } = useText();
  const { org } = useOrganisation();
  return (
    <DownloadButton
      label={t("money.statement")}
      name={`${org}-${name}-ledger.csv`}
      fetch={() => fetchStatement(org, period)}
    />
  );
}
