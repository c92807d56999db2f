import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { problemOf } from "@/api/problem";
import { useStore } from "@/lib/external-store";
import { useTitle } from "@/ui/use-title";
import { useOrganisation } from "../../../lib/organisation";
import { newId } from "../../../lib/uuid";
import { saveDraft } from "../../../api/plan-drafts";
import { Autosave } from "../editor/autosave";
import { Editor } from "../editor/editor";
import { dropCopy, keepCopy } from "../editor/local-copy";
import type { PlanDocument } from "../model/document";
import type { Box } from "../model/geometry";
import { writePlan } from "../model/json";
import { useEditorText } from "../messages";
import type { EditorView } from "../view/editor-view";
import { Canvas } from "./canvas";
import { ConflictNotice } from "./conflict-notice";
import { EditorContext } from "./editor-context";
import { SidePanel } from "./side-panel";
import { Toolbar } from "./toolbar";
import { TopBar } from "./top-bar";
import styles from "./workspace.module.css";

export interface Opened {
  draft: { id: string; name: string; parentId?: string | null };
  /** As the server has it. */
  saved: PlanDocument;
  /** As it was left: the same, or what this browser kept. */
  document: PlanDocument;
  etag: string;
}

interface WorkspaceProps {
  opened: Opened;
  onReload: () => Promise<unknown>;
}

export function Workspace({ opened, onReload }: WorkspaceProps) {
  const { t } = useEditorText();
  const { org, can } = useOrganisation();
  const navigate = useNavigate();
  const { draft } = opened;
  const [editor] = useState(() => new Editor(opened.document, t("firstSection")));
  const parentId = draft.parentId ?? undefined;
  const put = useCallback(
    (id: string, document: PlanDocument, etag?: string) => {
      const name = document.name.trim() === "" ? draft.name : document.name.trim();
      return saveDraft(org, id, { name, document: writePlan(document), parentId }, etag);
    },
    [org, draft.name, parentId],
  );
  const [autosave] = useState(
    () =>
      new Autosave({
        etag: opened.etag,
        document: opened.saved,
        save: async (document, etag) => (await put(draft.id, document, etag)).etag,
        isConflict: (error) => problemOf(error)?.status === 412,
        keep: (copy) => keepCopy(draft.id, copy),
        drop: () => dropCopy(draft.id),
      }),
  );
  const saving = useStore(autosave.state);
  const view = useRef<EditorView | undefined>(undefined);
  const onView = useCallback((made: EditorView | undefined) => {
    view.current = made;
  }, []);
  const mayEdit = can("plans.edit");

  useEffect(() => {
    if (!mayEdit) return;
    autosave.follow(editor.document);
    const unsubscribe = editor.store.subscribe(() => autosave.follow(editor.document));
    const leave = (): void => autosave.stop();
    window.addEventListener("pagehide", leave);
    return () => {
      unsubscribe();
      window.removeEventListener("pagehide", leave);
      // What is not sent is kept before it is sent: a page that goes meanwhile loses nothing.
      autosave.stop();
      void autosave.flush();
    };
  }, [autosave, editor, mayEdit]);

  const context = useMemo(
    () => ({
      editor,
      lookAt: (box: Box) => view.current?.showBox(box),
      middle: () => view.current?.camera ?? { x: 0, y: 0 },
    }),
    [editor],
  );
  useTitle(draft.name);

  const copyMine = async (): Promise<void> => {
    const id = newId();
    await put(id, { ...editor.document, name: t("copyName", { name: editor.document.name }) });
    await autosave.abandon();
    await navigate({ to: "/$org/plans/drafts/$draft", params: { org, draft: id } });
  };
  return (
    <EditorContext value={context}>
      <div className={styles.workspace} data-wide="true">
        <p className={styles.above}>
          <Link to="/$org/plans" params={{ org }}>
            {t("allPlans")}
          </Link>
        </p>
        <TopBar draftId={draft.id} autosave={autosave} mayEdit={mayEdit} />
        {saving.kind === "conflict" && (
          <ConflictNotice
            error={saving.error}
            onCopy={copyMine}
            onTheirs={async () => {
              await autosave.abandon();
              await onReload();
            }}
            onMine={(etag) => autosave.overwrite(etag)}
          />
        )}
        <div className={styles.desk}>
          <Toolbar />
          <div className={styles.sheet}>
            <Canvas editor={editor} onView={onView} />
          </div>
          <SidePanel />
        </div>
      </div>
    </EditorContext>
  );
}
