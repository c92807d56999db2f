import { useText } from "../i18n/messages";
import type { DoorProblem } from "../store/view";

/** Why pairing or loading went wrong. */
export function Problem({ problem, onClose }: { problem: DoorProblem | undefined; onClose?: () => void }) {
  const { t } = useText();
  if (problem === undefined) return null;
  return (
    <div className="note" data-tone="bad" role="alert">
      <p>{problem.code === "pairing-not-found" ? t("pair.used") : problem.detail || t("pair.offline")}</p>
      {onClose !== undefined && (
        <button type="button" className="small" onClick={onClose}>
          {t("menu.close")}
        </button>
      )}
    </div>
  );
}
