import { useDeferredValue, useState } from "react";
import type { Tool } from "../editor/editor";
import { useEditorText } from "../messages";
import { useEditor } from "./editor-context";
import { ObjectsPanel } from "./objects-panel";
import { PlanPanel } from "./plan-panel";
import { ProblemsPanel } from "./problems-panel";
import { SelectionPanel } from "./selection-panel";
import styles from "./side-panel.module.css";
import { ToolOptions } from "./tool-options";

type Tab = "edit" | "plan" | "objects" | "problems";

/** With these one says what the rest of the panel is about. */
const choosingTools: readonly Tool[] = ["select", "lasso", "hand"];

/** Beside the sheet: how the tool draws, what is selected, what there is and what is wrong with it. */
export function SidePanel() {
  const { t, format } = useEditorText();
  const { editor, state } = useEditor();
  const [tab, setTab] = useState<Tab>("edit");
  // Checking a stadium takes a moment: drawing does not wait for it.
  const document = useDeferredValue(state.history.present.document);
  const problems = editor.problemsOf(document);
  const tabs: readonly { value: Tab; label: string }[] = [
    { value: "edit", label: t("tabEdit") },
    { value: "plan", label: t("tabPlan") },
    { value: "objects", label: t("tabObjects") },
    { value: "problems", label: t("tabProblems", { count: format.number(problems.length) }) },
  ];
  return (
    <aside className={styles.panel} aria-label={t("panel")}>
      <div className={styles.tabs} role="group" aria-label={t("panel")}>
        {tabs.map(({ value, label }) => (
          <button key={value} type="button" aria-pressed={tab === value} onClick={() => setTab(value)}>
            {label}
          </button>
        ))}
      </div>
      <div className={styles.content} data-tab={tab}>
        {tab === "edit" && <ToolOptions />}
        {tab === "edit" && choosingTools.includes(state.tool) && <SelectionPanel />}
        {tab === "plan" && <PlanPanel />}
        {tab === "objects" && <ObjectsPanel />}
        {tab === "problems" && <ProblemsPanel problems={problems} />}
      </div>
    </aside>
  );
}
