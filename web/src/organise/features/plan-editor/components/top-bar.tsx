import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { useStore } from "@/lib/external-store";
import { Notice } from "@/ui/notice";
import { useText } from "../../../i18n/text";
import { useOrganisation } from "../../../lib/organisation";
import { formError } from "../../../lib/problems";
import { publishDraft } from "../../../api/plan-drafts";
import type { Autosave, SaveState } from "../editor/autosave";
import { useEditorText, type EditorMessage } from "../messages";
import { BuyerPreview } from "./buyer-preview";
import { useEditor } from "./editor-context";
import { ExportMenu } from "./export-menu";
import { FaultList } from "./fault-list";
import { RedoIcon, UndoIcon } from "./tool-icons";
import styles from "./top-bar.module.css";

const stateTexts: Record<SaveState["kind"], EditorMessage> = {
  saved: "saved",
  unsaved: "unsaved",
  saving: "saving",
  failed: "saveFailed",
  conflict: "conflictShort",
};

interface TopBarProps {
  draftId: string;
  autosave: Autosave;
  mayEdit: boolean;
}

/** The plan's name, whether it is saved, the way back and forward, and the ways out. */
export function TopBar({ draftId, autosave, mayEdit }: TopBarProps) {
  const { t } = useEditorText();
  const { t: text } = useText();
  const { org } = useOrganisation();
  const { editor, state } = useEditor();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const saving = useStore(autosave.state);
  const [isPreviewing, setPreviewing] = useState(false);
  const { history } = state;
  const { document, selection } = history.present;
  const publish = useMutation({
    mutationFn: async () => {
      await autosave.flush();
      return publishDraft(org, draftId, autosave.etag);
    },
    onSuccess: async (plan) => {
      await queryClient.invalidateQueries({ queryKey: ["organisation", org, "plans"] });
      await queryClient.invalidateQueries({ queryKey: ["organisation", org, "plan-drafts"] });
      await navigate({ to: "/$org/plans/$plan", params: { org, plan: plan.id } });
    },
  });
  const isInvalid = problemOf(publish.error)?.code === "plan-invalid";
  return (
    <>
      <div className={styles.bar}>
        <h1 className="visually-hidden">{document.name === "" ? t("noName") : document.name}</h1>
        <TextInput
          className={styles.name ?? ""}
          size="sm"
          aria-label={t("planName")}
          maxLength={190}
          value={document.name}
          onChange={(event) =>
            editor.apply({ document: { ...document, name: event.currentTarget.value }, selection }, "plan name")
          }
        />
        <span className={styles.state} data-kind={saving.kind} role="status">
          {t(mayEdit ? stateTexts[saving.kind] : "readOnly")}
        </span>
        <div className={styles.actions}>
          <button
            type="button"
            disabled={history.past === undefined}
            aria-label={t("undo")}
            title={`${t("undo")} (Ctrl+Z)`}
            onClick={() => editor.undo()}
          >
            <UndoIcon />
          </button>
          <button
            type="button"
            disabled={history.future === undefined}
            aria-label={t("redo")}
            title={`${t("redo")} (Ctrl+Y)`}
            onClick={() => editor.redo()}
          >
            <RedoIcon />
          </button>
          <Button variant="default" size="sm" onClick={() => setPreviewing(true)}>
            {t("asBuyer")}
          </Button>
          <ExportMenu />
          {mayEdit && (
            <Button size="sm" loading={publish.isPending} onClick={() => publish.mutate()}>
              {t("publish")}
            </Button>
          )}
        </div>
      </div>
      {publish.isError && (
        <Notice tone="bad" urgent title={t("notPublished")}>
          {isInvalid ? <FaultList error={publish.error} /> : <p>{formError(publish.error, text)}</p>}
        </Notice>
      )}
      {isPreviewing && (
        <BuyerPreview
          org={org}
          draft={draftId}
          name={document.name}
          save={() => autosave.flush()}
          onClose={() => setPreviewing(false)}
        />
      )}
    </>
  );
}
