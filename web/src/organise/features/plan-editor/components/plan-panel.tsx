import { useState } from "react";
import { changeZone, countByCategory, setFloor } from "../model/mean";
import { seatCountOf } from "../model/document";
import { add, nothing, selectZone } from "../model/selection";
import { useEditorText } from "../messages";
import { CategoryList } from "./category-list";
import { CsvDialog } from "./csv-dialog";
import { useEditor } from "./editor-context";
import { CheckBox, ChoiceBox, Group, NumberBox, Pair, SmallButton, TextBox } from "./inputs";
import styles from "./plan-panel.module.css";
import { TraceFields } from "./trace-fields";

/** What belongs to the plan as a whole. */
export function PlanPanel() {
  const { t, format } = useEditorText();
  const { editor, state } = useEditor();
  const { document } = state.history.present;
  const [isImporting, setImporting] = useState(false);
  const counts = countByCategory(document);
  return (
    <>
      <Group title={t("categoriesTitle", { count: format.number(seatCountOf(document)) })}>
        <CategoryList counts={counts} />
      </Group>
      <Group title={t("sections")}>
        <Sections />
      </Group>
      <Group title={t("sheetTitle")}>
        <Pair>
          <NumberBox label={t("grid")} value={state.grid} min={1} max={500} onChange={(grid) => editor.set({ grid })} />
          <CheckBox
            label={t("snap")}
            checked={state.isSnapping}
            onChange={(isSnapping) => editor.set({ isSnapping })}
          />
        </Pair>
        {document.focalPoint !== undefined && (
          <SmallButton onClick={() => editor.change((plan) => ({ ...plan, focalPoint: undefined }))}>
            {t("focusByCaption")}
          </SmallButton>
        )}
        <TraceFields />
      </Group>
      <Group title={t("import")}>
        <p className="muted small">{t("importText")}</p>
        <SmallButton onClick={() => setImporting(true)}>{t("importList")}</SmallButton>
        {isImporting && <CsvDialog onClose={() => setImporting(false)} />}
      </Group>
    </>
  );
}

function Sections() {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const { document } = state.history.present;
  if (document.zones.length === 0) return <p className="muted small">{t("noSections")}</p>;
  return (
    <>
      {document.floors.length > 0 && (
        <ChoiceBox
          label={t("floorShown")}
          value={state.floor ?? ""}
          choices={[{ value: "", label: t("allFloors") }, ...document.floors.map((value) => ({ value, label: value }))]}
          onChange={(floor) => {
            editor.select(nothing);
            editor.set({ floor: floor === "" ? undefined : floor });
          }}
        />
      )}
      <ul className={styles.list}>
        {document.zones.map((zone) => (
          <li key={zone.key}>
            <Pair>
              <TextBox
                label={t("sectionName")}
                value={zone.name ?? ""}
                onChange={(name) =>
                  editor.apply(
                    {
                      document: changeZone(document, zone.key, (one) => ({ ...one, name })),
                      selection: state.history.present.selection,
                    },
                    `section ${zone.key}`,
                  )
                }
              />
              <TextBox
                label={t("floor")}
                value={zone.floor ?? ""}
                list={document.floors}
                onChange={(floor) =>
                  editor.apply(
                    { document: setFloor(document, zone.key, floor), selection: state.history.present.selection },
                    `floor ${zone.key}`,
                  )
                }
              />
            </Pair>
            <SmallButton onClick={() => editor.select(add(nothing, selectZone(zone)))}>
              {t("selectSection", {
                name: zone.name ?? "",
                count: zone.rows.reduce((n, { seats }) => n + seats.length, 0),
              })}
            </SmallButton>
          </li>
        ))}
      </ul>
    </>
  );
}
