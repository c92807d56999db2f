import type { Problem, ProblemKind } from "../model/check";
import { boxOfSelection } from "../model/geometry";
import { isEmpty } from "../model/selection";
import { useEditorText, type EditorMessage } from "../messages";
import { useEditor } from "./editor-context";
import styles from "./problems-panel.module.css";

const problemTexts: Record<ProblemKind, EditorMessage> = {
  noName: "problemNoName",
  noSeats: "problemNoSeats",
  noCategory: "problemNoCategory",
  emptyCategory: "problemEmptyCategory",
  sameCategory: "problemSameCategory",
  unusedCategory: "problemUnusedCategory",
  emptySeatNumber: "problemEmptySeatNumber",
  emptyRowName: "problemEmptyRowName",
  sameLabel: "problemSameLabel",
  sameId: "problemSameId",
  overlap: "problemOverlap",
  unnamedSection: "problemUnnamedSection",
  sameSection: "problemSameSection",
  emptyArea: "problemEmptyArea",
  fraction: "problemFraction",
};

/** Each fault with its place; pressing it leads there. */
export function ProblemsPanel({ problems }: { problems: readonly Problem[] }) {
  const { t } = useEditorText();
  const { editor, state, lookAt } = useEditor();
  const { document } = state.history.present;
  if (problems.length === 0) return <p>{t("noProblems")}</p>;
  return (
    <ul className={styles.problems} aria-label={t("problems")}>
      {problems.map(({ kind, severity, pointer, selection, name, other }) => (
        <li key={kind + pointer} data-severity={severity}>
          <button
            type="button"
            disabled={isEmpty(selection)}
            onClick={() => {
              editor.select(selection);
              lookAt(boxOfSelection(document, selection));
            }}
          >
            <span className={styles.severity}>{t(severity === "error" ? "fault" : "warning")}</span>
            <span>{t(problemTexts[kind], { name, other })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
