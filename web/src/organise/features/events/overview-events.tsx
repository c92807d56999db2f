import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { ownEventsQuery } from "../../api/events";
import type { OwnEventSummary } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable } from "../../ui/data-table";
import { Figures } from "../../ui/figures";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";
import { useEventColumns } from "./events-page";

const shown = 8;

/** What sells, what comes next, and what is not finished. */
export function OverviewEvents() {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const { data } = useQuery({
    ...ownEventsQuery(org, { status: "published", time: "ahead" }, 50),
    refetchInterval: 30_000,
  });
  const { data: drafts } = useQuery(ownEventsQuery(org, { status: "draft" }, shown));
  const columns = useEventColumns();
  if (data === undefined || drafts === undefined) return <Loading lines={6} />;
  if (data.meta.total === 0 && drafts.meta.total === 0)
    return (
      <EmptyState title={t("ownEvents.none")} text={t("ownEvents.noneText")}>
        {can("events.edit") && (
          <ButtonLink to="/$org/events/new" params={{ org }}>
            {t("ownEvents.new")}
          </ButtonLink>
        )}
      </EmptyState>
    );
  const selling = data.data.filter(({ saleStatus }) => saleStatus === "onSale");
  return (
    <>
      <Figures
        label={t("overview.figures")}
        figures={[
          { name: t("overview.selling"), value: format.number(selling.length) },
          { name: t("overview.ahead"), value: format.number(data.meta.total) },
          { name: t("overview.free"), value: format.number(sum(data.data, "available")), note: t("overview.freeNote") },
          { name: t("overview.drafts"), value: format.number(drafts.meta.total) },
        ]}
      />
      {data.data.length > 0 && (
        <Section
          title={t("overview.next")}
          actions={
            <Link to="/$org/events" params={{ org }} search={{ time: "ahead" }}>
              {t("overview.all")}
            </Link>
          }
        >
          <DataTable
            caption={t("overview.next")}
            columns={columns}
            rows={data.data.slice(0, shown)}
            keyOf={({ id }) => id}
          />
        </Section>
      )}
      {drafts.data.length > 0 && (
        <Section title={t("overview.unfinished")} text={t("overview.unfinishedText")}>
          <DataTable caption={t("overview.unfinished")} columns={columns} rows={drafts.data} keyOf={({ id }) => id} />
        </Section>
      )}
    </>
  );
}

function sum(events: readonly OwnEventSummary[], name: "available" | "total"): number {
  return events.reduce((all, { availability }) => all + availability[name], 0);
}
