import { Button } from "@mantine/core";
import { useId, useState } from "react";
import { Dialog } from "@/ui/dialog";
import { addSeatList, readSeatList, type SeatListReading } from "../model/csv";
import { useEditorText, type EditorMessage } from "../messages";
import { useEditor } from "./editor-context";
import styles from "./number-dialog.module.css";

const mostBytes = 20 * 1024 * 1024;
const reasons: Record<SeatListReading["faults"][number]["reason"], EditorMessage> = {
  columns: "lineColumns",
  empty: "lineEmpty",
  same: "lineSame",
  quote: "lineQuote",
  many: "lineMany",
};

/** A list of section, row and seat: seen before it is taken over. */
export function CsvDialog({ onClose }: { onClose: () => void }) {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const id = useId();
  const [reading, setReading] = useState<SeatListReading>();
  const [isTooLarge, setTooLarge] = useState(false);
  const sections = new Map<string, { rows: Set<string>; seats: number }>();
  for (const { section, row } of reading?.seats ?? []) {
    const known = sections.get(section) ?? { rows: new Set<string>(), seats: 0 };
    known.rows.add(row);
    known.seats += 1;
    sections.set(section, known);
  }
  return (
    <Dialog
      open
      title={t("importList")}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            disabled={reading === undefined || reading.seats.length === 0}
            onClick={() => {
              if (reading === undefined) return;
              editor.apply(addSeatList(editor.document, reading.seats, state.draw.category));
              onClose();
            }}
          >
            {t("importSeats", { count: reading?.seats.length ?? 0 })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className="muted">{t("listText")}</p>
        <label htmlFor={id}>{t("listFile")}</label>
        <input
          id={id}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            setReading(undefined);
            setTooLarge((file?.size ?? 0) > mostBytes);
            if (file === undefined || file.size > mostBytes) return;
            void file.text().then((text) => setReading(readSeatList(text)));
          }}
        />
        {isTooLarge && <p role="alert">{t("listTooLarge")}</p>}
        {reading !== undefined && (
          <div className={styles.preview} tabIndex={0} role="group" aria-label={t("preview")}>
            <ul>
              {[...sections].map(([name, { rows, seats }]) => (
                <li key={name}>
                  <b>{name === "" ? t("noName") : name}</b> {t("listSection", { rows: rows.size, count: seats })}
                </li>
              ))}
            </ul>
            {reading.faults.length > 0 && (
              <ul className={styles.errors}>
                {reading.faults.map(({ line, reason }, index) => (
                  <li key={index}>{t("lineFault", { line, reason: t(reasons[reason]) })}</li>
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}
