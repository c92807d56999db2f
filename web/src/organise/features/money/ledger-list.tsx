import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { ledgerKinds, ledgerQuery, type LedgerKind } from "../../api/money";
import type { LedgerEntry } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import type { Period } from "../../lib/periods";
import { DataTable, type Column } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { Section } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { Loading } from "../../ui/states";
import type { MoneySearch } from "./money-page";
import styles from "./money-page.module.css";

interface LedgerListProps {
  period: Period;
  search: MoneySearch;
  onSearch: (search: MoneySearch) => void;
}

/** Every movement of money with its postings. */
export function LedgerList({ period, search, onSearch }: LedgerListProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const { data, isPlaceholderData } = useQuery(ledgerQuery(org, period, search));
  const columns = useColumns();
  return (
    <Section title={t("money.entries")} text={t("money.entriesText")}>
      <div className={styles.filters}>
        <ChoiceField
          label={t("money.kind")}
          value={search.kind ?? ""}
          choices={[
            { value: "", label: t("money.anyKind") },
            ...ledgerKinds.map((kind) => ({ value: kind, label: t(`ledgerKind.${kind}`) })),
          ]}
          onChange={(kind) =>
            onSearch({ ...search, kind: kind === "" ? undefined : (kind as LedgerKind), page: undefined })
          }
        />
      </div>
      {data === undefined && <Loading lines={6} />}
      {data?.meta.total === 0 && <p className="muted">{t("money.noEntries")}</p>}
      {data !== undefined && data.meta.total > 0 && (
        <>
          <DataTable
            caption={t("money.entries")}
            columns={columns}
            rows={data.data}
            keyOf={({ number }) => String(number)}
            isStale={isPlaceholderData}
          />
          <Pager meta={data.meta} onPage={(page) => onSearch({ ...search, page })} />
        </>
      )}
    </Section>
  );
}

function useColumns(): Column<LedgerEntry>[] {
  const { t, format } = useText();
  const { org, organisation } = useOrganisation();
  return [
    {
      key: "what",
      header: t("activity.what"),
      cell: ({ kind, eventId, eventTitle, bookingId, orderCode }) => (
        <>
          {t(`ledgerKind.${kind}`)}
          <span className={styles.more}>
            {eventId !== undefined && eventId !== null && bookingId !== undefined && bookingId !== null ? (
              <Link to="/$org/events/$event/bookings/$booking" params={{ org, event: eventId, booking: bookingId }}>
                <bdi>{orderCode ?? t("money.booking")}</bdi>
              </Link>
            ) : (
              orderCode
            )}
            {eventTitle !== undefined && eventTitle !== null && (
              <>
                {" · "}
                <bdi>{eventTitle}</bdi>
              </>
            )}
          </span>
        </>
      ),
    },
    {
      key: "postings",
      header: t("money.postings"),
      cell: ({ postings }) => (
        <dl className={styles.postings}>
          {postings.map(({ account, amount }) => (
            <Fragment key={account}>
              <dt>{accountName(account, t)}</dt>
              <dd>{format.money(amount)}</dd>
            </Fragment>
          ))}
        </dl>
      ),
    },
    { key: "when", header: t("activity.when"), cell: ({ at }) => format.moment(at, organisation.timeZone) },
  ];
}

const accounts: Readonly<Record<string, TextKey>> = {
  sales: "account.sales",
  fees: "account.fees",
  tax: "account.tax",
  "counter:cash": "account.cash",
  "counter:card": "account.card",
  "bank:transfer": "account.bank",
  "receivable:invoice": "account.receivable",
};

/** A provider's account goes by the provider's own name. */
function accountName(account: string, t: (key: TextKey) => string): string {
  const key = accounts[account];
  return key === undefined ? account.replace(/^provider:/, "") : t(key);
}
