import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/ui/dialog";
import { checkPlan } from "../model/check";
import {
  plainLetters,
  plainNumbers,
  previewNumbers,
  renumber,
  schemeKinds,
  type Renumbering,
  type Scheme,
  type SchemeKind,
} from "../model/numbering";
import { useEditorText } from "../messages";
import { useEditor } from "./editor-context";
import { CheckBox, ChoiceBox, NumberBox, Pair, TextBox } from "./inputs";
import styles from "./number-dialog.module.css";
import { schemeTexts } from "./tool-options";

const shownRows = 12;

/** Names rows and seats anew; what they will be called is seen before. */
export function NumberDialog({ onClose }: { onClose: () => void }) {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const { document, selection } = state.history.present;
  const [rows, setRows] = useState<Scheme>(plainLetters);
  const [seats, setSeats] = useState<Scheme>(plainNumbers);
  const [which, setWhich] = useState({ rows: false, seats: true, isFromBack: false, goesOn: false });
  const renumbering: Renumbering = {
    rows: which.rows ? rows : undefined,
    seats: which.seats ? seats : undefined,
    isFromBack: which.isFromBack,
    goesOn: which.goesOn,
  };
  const preview = previewNumbers(document, selection, renumbering);
  const changed = renumber(document, selection, renumbering);
  const doubled = checkPlan(changed).filter(({ kind }) => kind === "sameLabel").length;
  return (
    <Dialog
      open
      title={t("renumber")}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            onClick={() => {
              editor.apply({ document: changed, selection });
              onClose();
            }}
          >
            {t("apply")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <CheckBox
          label={t("nameRows")}
          checked={which.rows}
          onChange={(isSet) => setWhich({ ...which, rows: isSet })}
        />
        {which.rows && (
          <>
            <SchemeFields name={t("rows")} scheme={rows} onChange={setRows} />
            <CheckBox
              label={t("fromBack")}
              checked={which.isFromBack}
              onChange={(isSet) => setWhich({ ...which, isFromBack: isSet })}
            />
          </>
        )}
        <CheckBox
          label={t("numberSeats")}
          checked={which.seats}
          onChange={(isSet) => setWhich({ ...which, seats: isSet })}
        />
        {which.seats && (
          <>
            <SchemeFields name={t("seats")} scheme={seats} onChange={setSeats} />
            <CheckBox
              label={t("goesOn")}
              checked={which.goesOn}
              onChange={(isSet) => setWhich({ ...which, goesOn: isSet })}
            />
          </>
        )}
        <div className={styles.preview} tabIndex={0} role="group" aria-label={t("preview")}>
          <ul>
            {preview.slice(0, shownRows).map(({ row, name, numbers }) => (
              <li key={row.key}>
                <b>{name}</b> {[...numbers.values()].join(" ")}
              </li>
            ))}
          </ul>
          {preview.length > shownRows && (
            <p className="muted">{t("moreRows", { count: preview.length - shownRows })}</p>
          )}
        </div>
        <div role="status">{doubled > 0 && <p className={styles.doubled}>{t("doubled", { count: doubled })}</p>}</div>
      </div>
    </Dialog>
  );
}

function SchemeFields({
  name,
  scheme,
  onChange,
}: {
  name: string;
  scheme: Scheme;
  onChange: (scheme: Scheme) => void;
}) {
  const { t } = useEditorText();
  return (
    <>
      <Pair>
        <ChoiceBox<SchemeKind>
          label={t("schemeOf", { name })}
          value={scheme.kind}
          choices={schemeKinds.map((value) => ({ value, label: t(schemeTexts[value]) }))}
          onChange={(kind) => onChange({ ...scheme, kind })}
        />
        <NumberBox
          label={t("startsAt")}
          value={scheme.start}
          min={1}
          max={100_000}
          onChange={(start) => onChange({ ...scheme, start: Math.round(start) })}
        />
        <TextBox label={t("prefix")} value={scheme.prefix} onChange={(prefix) => onChange({ ...scheme, prefix })} />
      </Pair>
      {scheme.kind === "list" && (
        <TextBox
          label={t("listOf")}
          value={scheme.list.join(", ")}
          onChange={(text) => onChange({ ...scheme, list: text.split(",").map((one) => one.trim()) })}
        />
      )}
      <CheckBox
        label={t("reversed")}
        checked={scheme.isReversed}
        onChange={(isReversed) => onChange({ ...scheme, isReversed })}
      />
    </>
  );
}
