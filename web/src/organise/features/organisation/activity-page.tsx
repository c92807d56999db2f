import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { Button } from "@mantine/core";
import { EmptyState } from "@/ui/empty-state";
import type { ActivityEntry } from "../../api/types";
import { useText, type Texts } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable, type Column } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { Page } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { Loading } from "../../ui/states";
import { actionText, subjects } from "./activity-texts";
import styles from "./activity-page.module.css";

export interface ActivitySearch {
  page?: number | undefined;
  subject?: string | undefined;
  event?: string | undefined;
}

function activityQuery(org: string, { page = 1, subject, event }: ActivitySearch) {
  return queryOptions({
    queryKey: ["organisation", org, "activity", page, subject, event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/activity", {
          params: {
            path: { org },
            query: {
              page,
              limit: 25,
              ...(subject !== undefined && { subject }),
              ...(event !== undefined && { event }),
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

interface ActivityPageProps {
  search: ActivitySearch;
  onSearch: (search: ActivitySearch) => void;
}

/** Who changed what, and what it was before. */
export function ActivityPage({ search, onSearch }: ActivityPageProps) {
  const { t } = useText();
  return (
    <Page title={t("nav.activity")} lead={t("activity.lead")}>
      <ActivityList search={search} onSearch={onSearch} />
    </Page>
  );
}

export function ActivityList({ search, onSearch }: ActivityPageProps) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const { data, isPlaceholderData } = useQuery(activityQuery(org, search));
  const columns: Column<ActivityEntry>[] = [
    {
      key: "what",
      header: t("activity.what"),
      cell: (entry) => (
        <>
          <span className={styles.action}>{actionText(entry.action, t)}</span>
          <Changes entry={entry} />
        </>
      ),
    },
    {
      key: "who",
      header: t("activity.who"),
      cell: ({ actorName, asOperator }) => (
        <>
          <bdi>{actorName ?? t("activity.deleted")}</bdi>
          {asOperator && <span className="muted"> {t("activity.asOperator")}</span>}
        </>
      ),
    },
    { key: "when", header: t("activity.when"), cell: ({ at }) => format.moment(at) },
  ];
  return (
    <>
      {search.event === undefined && (
        <div className={styles.filters}>
          <ChoiceField
            label={t("activity.about")}
            value={search.subject ?? ""}
            choices={[
              { value: "", label: t("activity.all") },
              ...Object.entries(subjects).map(([value, key]) => ({ value, label: t(key) })),
            ]}
            onChange={(subject) =>
              onSearch({ ...search, subject: subject === "" ? undefined : subject, page: undefined })
            }
          />
        </div>
      )}
      {data === undefined && <Loading lines={6} />}
      {data?.meta.total === 0 && (
        <EmptyState title={t("activity.none")} text={t("activity.noneText")}>
          {search.subject !== undefined && (
            <Button variant="default" onClick={() => onSearch({ ...search, subject: undefined })}>
              {t("activity.showAll")}
            </Button>
          )}
        </EmptyState>
      )}
      {data !== undefined && data.meta.total > 0 && (
        <>
          <DataTable
            caption={t("nav.activity")}
            columns={columns}
            rows={data.data}
            keyOf={({ id }) => id}
            isStale={isPlaceholderData}
          />
          <Pager meta={data.meta} onPage={(page) => onSearch({ ...search, page })} />
        </>
      )}
    </>
  );
}

/** Each thing that changed, as it was and as it is. */
function Changes({ entry }: { entry: ActivityEntry }) {
  const { t } = useText();
  const before = membersOf(entry.before);
  const after = membersOf(entry.after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (names.length === 0) return null;
  return (
    <ul className={styles.changes}>
      {names.map((name) => (
        <li key={name}>
          <span className="muted">{name}</span> <Value value={before[name]} t={t} isOld /> →{" "}
          <Value value={after[name]} t={t} />
        </li>
      ))}
    </ul>
  );
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function Value({ value, t, isOld = false }: { value: unknown; t: Texts; isOld?: boolean }) {
  if (value === undefined || value === null || value === "")
    return <span className="muted">{t("activity.empty")}</span>;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return isOld ? <del>{text}</del> : <bdi>{text}</bdi>;
}
