import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { problemOf } from "@/api/problem";
import { planQuery, planSeatMapQuery } from "../../api/plans";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { saveFile } from "../../lib/save-file";
import { DataTable } from "../../ui/data-table";
import { DownloadIcon } from "../../ui/icons";
import { Page, Section } from "../../ui/page";
import { Loading, NotFound } from "../../ui/states";
import { Swatch } from "../../ui/swatch";
import { DrawPlan } from "./drafts-section";
import styles from "./plan-page.module.css";

const PlanMap = lazy(() => import("../../ui/plan-map"));

/** A stored plan: as buyers see it, and what it has. */
export function PlanPage({ planId }: { planId: string }) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const { data, error } = useQuery(planQuery(org, planId));
  const { data: seatMap } = useQuery(planSeatMapQuery(org, planId));
  if (problemOf(error)?.status === 404) return <NotFound />;
  if (data === undefined) return <Loading />;
  return (
    <Page
      title={data.name}
      above={
        <Link to="/$org/plans" params={{ org }}>
          {t("nav.plans")}
        </Link>
      }
      lead={t("blocks.seats", { count: data.seats })}
      actions={
        <>
          {can("plans.edit") && (
            <DrawPlan
              variant="default"
              label={t("drafts.drawOn")}
              from={{ name: data.name, document: data.document, parentId: data.id }}
            />
          )}
          <Button
            variant="default"
            leftSection={<DownloadIcon size={18} />}
            onClick={() =>
              saveFile(`${data.name}.json`, new Blob([JSON.stringify(data.document)], { type: "application/json" }))
            }
          >
            {t("plans.download")}
          </Button>
        </>
      }
    >
      <Suspense fallback={<Skeleton height={320} />}>
        {seatMap === undefined ? (
          <Skeleton height={320} />
        ) : (
          <PlanMap
            seatMap={seatMap}
            label={t("plans.preview", { name: data.name, seats: format.number(data.seats) })}
          />
        )}
      </Suspense>
      <Section title={t("plans.categories")}>
        <DataTable
          caption={t("plans.categories")}
          rows={data.categories}
          keyOf={({ name }) => name}
          columns={[
            {
              key: "name",
              header: t("plans.category"),
              cell: ({ name, color }) => (
                <span className={styles.name}>
                  <Swatch colour={color ?? "#808080"} />
                  <bdi>{name}</bdi>
                </span>
              ),
            },
            { key: "seats", header: t("plans.seats"), isFigure: true, cell: ({ seats }) => format.number(seats) },
          ]}
        />
      </Section>
    </Page>
  );
}
