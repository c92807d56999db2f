import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { PlusIcon } from "@/ui/icons";
import { Notice } from "@/ui/notice";
import { deleteDraft, draftsQuery, saveDraft } from "../../api/plan-drafts";
import type { PlanDraftSummary } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { newId } from "../../lib/uuid";
import { Confirm } from "../../ui/confirm";
import { DataTable, type Column } from "../../ui/data-table";
import { Section } from "../../ui/page";

const firstColour = "#7c3aed";

interface DrawPlanProps {
  /** What is drawn on; undefined: an empty sheet. */
  from?: { name: string; document: unknown; parentId: string };
  label: string;
  variant?: "filled" | "default";
}

/** Begins a draft and opens it. */
export function DrawPlan({ from, label, variant = "filled" }: DrawPlanProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const begin = useMutation({
    mutationFn: async () => {
      const id = newId();
      const name = t("drafts.newName");
      const empty = {
        name,
        categories: [{ name: t("drafts.firstCategory"), color: firstColour }],
        size: { width: 1200, height: 800 },
        zones: [],
      };
      await saveDraft(org, id, from ?? { name, document: empty });
      await queryClient.invalidateQueries({ queryKey: ["organisation", org, "plan-drafts"] });
      await navigate({ to: "/$org/plans/drafts/$draft", params: { org, draft: id } });
    },
  });
  return (
    <>
      <Button
        variant={variant}
        loading={begin.isPending}
        {...(from === undefined && { leftSection: <PlusIcon size={18} /> })}
        onClick={() => begin.mutate()}
      >
        {label}
      </Button>
      {begin.isError && <Notice tone="bad" urgent title={formError(begin.error, t) ?? t("refusal.unknown")} />}
    </>
  );
}

/** Plans that are being drawn. */
export function DraftsSection() {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const { data } = useQuery(draftsQuery(org));
  const [leaving, setLeaving] = useState<PlanDraftSummary>();
  const drafts = data?.data ?? [];
  if (drafts.length === 0) return null;
  const columns: Column<PlanDraftSummary>[] = [
    {
      key: "name",
      header: t("plans.name"),
      cell: ({ id, name }) => (
        <Link to="/$org/plans/drafts/$draft" params={{ org, draft: id }}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { key: "changed", header: t("drafts.changed"), cell: ({ changedAt }) => format.moment(changedAt) },
    { key: "by", header: t("drafts.by"), cell: ({ changedByName }) => <bdi>{changedByName ?? "–"}</bdi> },
    {
      key: "delete",
      header: "",
      cell: (draft) =>
        can("plans.edit") && (
          <Button
            variant="subtle"
            aria-label={t("drafts.deleteOf", { name: draft.name })}
            onClick={() => setLeaving(draft)}
          >
            {t("drafts.delete")}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t("drafts.title")} text={t("drafts.text")}>
      <DataTable caption={t("drafts.title")} columns={columns} rows={drafts} keyOf={({ id }) => id} />
      {leaving !== undefined && (
        <Confirm
          isGrave
          title={t("drafts.deleteTitle", { name: leaving.name })}
          confirmLabel={t("drafts.delete")}
          run={() => deleteDraft(org, leaving.id)}
          onDone={() => void queryClient.invalidateQueries({ queryKey: ["organisation", org, "plan-drafts"] })}
          onClose={() => setLeaving(undefined)}
        >
          <p>{t("drafts.deleteText")}</p>
        </Confirm>
      )}
    </Section>
  );
}
