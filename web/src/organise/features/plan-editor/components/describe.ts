import { tableOf, type PlanDocument } from "../model/document";
import { forEachArea, rowsOf, type Selection } from "../model/selection";
import type { TranslateEditor } from "../messages";

/** What is selected, in words. */
export function describeSelection(document: PlanDocument, selection: Selection, t: TranslateEditor): string {
  const { seats, areas } = selection;
  if (seats.size === 0 && areas.size === 0) return t("nothingSelected");
  const rows = rowsOf(document, selection);
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    const { zone, row } = only;
    const isTable = tableOf(zone, row) !== undefined;
    const name = isTable ? (row.label ?? row.number) : t("rowNamed", { name: row.number });
    return [zone.name ?? "", name, t("seatCount", { count: seats.size })].filter((part) => part !== "").join(", ");
  }
  let caption = "";
  forEachArea(document, selection, (area) => {
    caption = area.caption?.text ?? "";
  });
  const parts = [
    rows.length > 0 ? t("rowCount", { count: rows.length }) : "",
    seats.size > 0 ? t("seatCount", { count: seats.size }) : "",
    areas.size === 1 && caption !== "" ? t("areaNamed", { name: caption }) : "",
    areas.size > 1 || (areas.size === 1 && caption === "") ? t("areaCount", { count: areas.size }) : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}
