import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Notice } from "@/ui/notice";
import { reconciliationQuery } from "../../api/money";
import type { MoneyDifference } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable } from "../../ui/data-table";
import { Section } from "../../ui/page";

/** Whether payment providers say the same as the ledger, and where not. */
export function Reconciliation() {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const { data } = useQuery(reconciliationQuery(org));
  if (data === undefined || data.runs.length === 0) return null;
  const runs = data.runs.map(({ provider, at, done }) =>
    t(done ? "reconciliation.run" : "reconciliation.unfinished", { provider, time: format.moment(at) }),
  );
  return (
    <Section title={t("reconciliation.title")} text={runs.join(" ")}>
      {data.differences.length === 0 && data.runs.every(({ done }) => done) && <p>{t("reconciliation.none")}</p>}
      {data.differences.length > 0 && (
        <>
          <Notice tone="bad" title={t("reconciliation.some", { count: data.differences.length })} />
          <Differences rows={data.differences} />
        </>
      )}
    </Section>
  );
}

function Differences({ rows }: { rows: readonly MoneyDifference[] }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  return (
    <DataTable
      caption={t("reconciliation.title")}
      rows={rows}
      keyOf={({ provider, reference }) => `${provider}${reference}`}
      columns={[
        {
          key: "payment",
          header: t("ledgerKind.payment"),
          cell: ({ eventId, bookingId, eventTitle, provider, reference }) => (
            <>
              {eventId != null && bookingId != null ? (
                <Link to="/$org/events/$event/bookings/$booking" params={{ org, event: eventId, booking: bookingId }}>
                  <bdi>{eventTitle ?? t("money.booking")}</bdi>
                </Link>
              ) : (
                eventTitle
              )}
              <div className="muted small">
                {provider} {reference}
              </div>
            </>
          ),
        },
        {
          key: "ours",
          header: t("reconciliation.ours"),
          cell: ({ ourTaken, ourBack }) =>
            t("reconciliation.figures", { taken: format.money(ourTaken), back: format.money(ourBack) }),
        },
        {
          key: "theirs",
          header: t("reconciliation.theirs"),
          cell: ({ theirTaken, theirBack }) =>
            t("reconciliation.figures", { taken: format.money(theirTaken), back: format.money(theirBack) }),
        },
        { key: "found", header: t("activity.when"), cell: ({ foundAt }) => format.moment(foundAt) },
      ]}
    />
  );
}
