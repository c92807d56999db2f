import { useRef } from "react";
import { saveFile } from "../../../lib/save-file";
import { writePlan } from "../model/json";
import { toSvg } from "../model/svg";
import { useEditorText } from "../messages";
import { useEditor } from "./editor-context";
import styles from "./export-menu.module.css";
import { printPlan } from "./print-plan";

/** Files of the plan: for pretix, for technicians, for a wall. */
export function ExportMenu() {
  const { t } = useEditorText();
  const { editor } = useEditor();
  const menu = useRef<HTMLDetailsElement>(null);
  const name = (): string => editor.document.name.trim() || "plan";
  const close = (): void => menu.current?.removeAttribute("open");
  const json = (isForPretix: boolean): void => {
    const { onsale, ...plain } = writePlan(editor.document);
    const file = isForPretix || onsale === undefined ? plain : { ...plain, onsale };
    saveFile(`${name()}.json`, new Blob([JSON.stringify(file)], { type: "application/json" }));
    close();
  };
  return (
    <details ref={menu} className={styles.menu}>
      <summary>{t("export")}</summary>
      <div>
        <button type="button" onClick={() => json(false)}>
          {t("exportJson")}
        </button>
        <button type="button" onClick={() => json(true)}>
          {t("exportPretix")}
        </button>
        <button
          type="button"
          onClick={() => {
            saveFile(`${name()}.svg`, new Blob([toSvg(editor.document)], { type: "image/svg+xml" }));
            close();
          }}
        >
          {t("exportSvg")}
        </button>
        <button
          type="button"
          onClick={() => {
            close();
            printPlan(toSvg(editor.document));
          }}
        >
          {t("exportPrint")}
        </button>
      </div>
    </details>
  );
}
