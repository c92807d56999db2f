import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { plansQuery } from "../../api/plans";
import type { PlanSummary } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable, type Column } from "../../ui/data-table";
import { Page, Section } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { Loading } from "../../ui/states";
import { DraftsSection, DrawPlan } from "./drafts-section";
import { PlanUpload } from "./plan-upload";

export function PlansPage() {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const [page, setPage] = useState(1);
  const { data, isPlaceholderData } = useQuery(plansQuery(org, page));
  const columns: Column<PlanSummary>[] = [
    {
      key: "name",
      header: t("plans.name"),
      cell: ({ id, name }) => (
        <Link to="/$org/plans/$plan" params={{ org, plan: id }}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { key: "seats", header: t("plans.seats"), isFigure: true, cell: ({ seats }) => format.number(seats) },
    { key: "since", header: t("plans.since"), cell: ({ createdAt }) => format.moment(createdAt) },
  ];
  return (
    <Page
      title={t("nav.plans")}
      lead={t("plans.lead")}
      actions={can("plans.edit") && <DrawPlan label={t("drafts.draw")} />}
    >
      {data === undefined && <Loading />}
      {data?.meta.total === 0 && <EmptyState title={t("plans.none")} text={t("plans.noneText")} />}
      {data !== undefined && data.meta.total > 0 && (
        <>
          <DataTable
            caption={t("nav.plans")}
            columns={columns}
            rows={data.data}
            keyOf={({ id }) => id}
            isStale={isPlaceholderData}
          />
          <Pager meta={data.meta} onPage={setPage} />
        </>
      )}
      <DraftsSection />
      {can("plans.edit") && (
        <Section title={t("plans.upload")} text={t("plans.uploadText")}>
          <PlanUpload />
        </Section>
      )}
    </Page>
  );
}
