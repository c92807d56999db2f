import { useMemo } from "react";
import type { DrawTexts } from "../editor/drawing";
import { useEditorText } from "../messages";
import { iconTexts } from "./tool-options";

/** What new tables and stages are called. */
export function useDrawTexts(): DrawTexts {
  const { t } = useEditorText();
  return useMemo(
    () => ({
      table: (name) => t("tableLabel", { name }),
      chair: t("chairLabel"),
      stage: t("stageCaption"),
      icon: (icon) => t(iconTexts[icon]),
    }),
    [t],
  );
}
