import { useState } from "react";
import { tableOf, type Zone } from "../model/document";
import { boxOfSelection } from "../model/geometry";
import { selectionOf, selectRow, selectZone, toggle, type Selection } from "../model/selection";
import { useEditorText } from "../messages";
import { useEditor } from "./editor-context";
import styles from "./objects-panel.module.css";

/** Everything on the sheet as a list: what the sheet shows to the eye, for the keyboard and for who hears it. */
export function ObjectsPanel() {
  const { t } = useEditorText();
  const { state } = useEditor();
  const { document } = state.history.present;
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set(document.zones.slice(0, 1).map(({ key }) => key)));
  if (document.zones.length === 0) return <p className="muted small">{t("noSections")}</p>;
  return (
    <ul className={styles.objects} aria-label={t("objects")}>
      {document.zones.map((zone) => {
        const isOpen = open.has(zone.key);
        const name = zone.name === undefined || zone.name === "" ? t("noName") : zone.name;
        return (
          <li key={zone.key}>
            <div className={styles.section}>
              <button
                type="button"
                className={styles.fold}
                aria-expanded={isOpen}
                aria-label={t("foldSection", { name })}
                onClick={() => {
                  const next = new Set(open);
                  if (isOpen) next.delete(zone.key);
                  else next.add(zone.key);
                  setOpen(next);
                }}
              >
                {isOpen ? "−" : "+"}
              </button>
              <Item selection={selectZone(zone)} label={name} />
            </div>
            {isOpen && <SectionObjects zone={zone} />}
          </li>
        );
      })}
    </ul>
  );
}

function SectionObjects({ zone }: { zone: Zone }) {
  const { t } = useEditorText();
  const tables = new Set(zone.rows.map(({ uuid }) => uuid).filter((uuid) => uuid !== undefined));
  return (
    <ul className={styles.inner}>
      {zone.rows.map((row) => (
        <li key={row.key}>
          <Item
            selection={selectRow(zone, row)}
            label={t("objectRow", {
              name: tableOf(zone, row) === undefined ? t("rowNamed", { name: row.number }) : (row.label ?? row.number),
              count: row.seats.length,
            })}
          />
        </li>
      ))}
      {(zone.areas ?? [])
        .filter(({ uuid }) => uuid === undefined || !tables.has(uuid))
        .map((area) => (
          <li key={area.key}>
            <Item
              selection={selectionOf([], [area.key])}
              label={t("areaNamed", { name: area.caption?.text ?? t("noName") })}
            />
          </li>
        ))}
    </ul>
  );
}

function Item({ selection, label }: { selection: Selection; label: string }) {
  const { editor, state, lookAt } = useEditor();
  const { document, selection: chosen } = state.history.present;
  const isChosen =
    selection.seats.size + selection.areas.size > 0 &&
    [...selection.seats].every((key) => chosen.seats.has(key)) &&
    [...selection.areas].every((key) => chosen.areas.has(key));
  return (
    <button
      type="button"
      className={styles.item}
      aria-pressed={isChosen}
      onClick={(event) => {
        const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
        editor.select(isAdding ? toggle(chosen, selection) : selection);
        lookAt(boxOfSelection(document, selection));
      }}
    >
      {label}
    </button>
  );
}
