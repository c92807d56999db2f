import { useParams } from "@tanstack/react-router";
import { PlanEditorPage } from "../../features/plan-editor/components/plan-editor-page";
import { Needs } from "../needs";

export function PlanDraftRoute() {
  const { draft } = useParams({ from: "/$org/plans/drafts/$draft" });
  return (
    <Needs right="plans.read">
      <PlanEditorPage key={draft} draftId={draft} />
    </Needs>
  );
}
