import { useState } from "react";
import { bendRows, spaceSeats } from "../model/arrange";
import { seatTraitNames, SeatTrait, type Row, type Seat, type SeatTraitName } from "../model/document";
import { bendOf } from "../model/layout";
import { moveToSection, paint, setNote, setRadius, setRowTexts, setSeatNumber, setTrait } from "../model/mean";
import { isEmpty, rowsOf } from "../model/selection";
import { useEditorText, type EditorMessage } from "../messages";
import { AreaFields } from "./area-fields";
import { ArrangeButtons } from "./arrange-buttons";
import { describeSelection } from "./describe";
import { useEditor } from "./editor-context";
import { CheckBox, ChoiceBox, Group, NumberBox, Pair, SmallButton, TextBox } from "./inputs";
import { NumberDialog } from "./number-dialog";

const traitTexts: Record<SeatTraitName, EditorMessage> = {
  wheelchair: "wheelchair",
  companion: "companion",
  restrictedView: "restrictedView",
  aisle: "aisle",
};

/** The one value that all have; undefined where they differ. */
function common<T, V>(items: readonly T[], of: (item: T) => V): V | undefined {
  const [first] = items;
  if (first === undefined) return undefined;
  const value = of(first);
  return items.every((item) => of(item) === value) ? value : undefined;
}

/** All that can be said about what is selected. */
export function SelectionPanel() {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const { document, selection } = state.history.present;
  const [isNumbering, setNumbering] = useState(false);
  if (isEmpty(selection)) return <p className="muted small">{t("selectFirst")}</p>;
  const rows = rowsOf(document, selection);
  const seats = rows.flatMap((row) => row.seats);
  const names = [...new Set(document.zones.map(({ name }) => name ?? "").filter((name) => name !== ""))];
  return (
    <>
      <Group title={t("selected")}>
        <p>{describeSelection(document, selection, t)}</p>
        <TextBox
          label={t("section")}
          value={common(rows, ({ zone }) => zone.name ?? "") ?? ""}
          list={names}
          onChange={(name) => editor.change((plan, chosen) => moveToSection(plan, chosen, name), "section")}
        />
      </Group>
      {seats.length > 0 && (
        <>
          <SeatFields seats={seats} />
          <RowFields rows={rows.map(({ row }) => row)} />
          <Group title={t("numbering")}>
            {seats.length === 1 && (
              <TextBox
                label={t("seatNumber")}
                value={seats[0]?.number ?? ""}
                onChange={(number) => editor.change((plan, chosen) => setSeatNumber(plan, chosen, number), "number")}
              />
            )}
            <SmallButton onClick={() => setNumbering(true)}>{t("renumber")}</SmallButton>
            {isNumbering && <NumberDialog onClose={() => setNumbering(false)} />}
          </Group>
        </>
      )}
      {selection.areas.size > 0 && <AreaFields />}
      <ArrangeButtons />
    </>
  );
}

function SeatFields({ seats }: { seats: readonly Seat[] }) {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const { categories } = state.history.present.document;
  const category = common(seats, (seat) => seat.category);
  const choices = categories.map(({ name }) => ({ value: name, label: name }));
  const isKnown = choices.some(({ value }) => value === category);
  return (
    <Group title={t("seats")}>
      <ChoiceBox
        label={t("category")}
        value={isKnown ? (category ?? "") : ""}
        choices={isKnown ? choices : [{ value: "", label: t("several") }, ...choices]}
        onChange={(name) => name !== "" && editor.change((plan, chosen) => paint(plan, chosen, name))}
      />
      {seatTraitNames.map((name) => {
        const count = seats.filter(({ traits }) => (traits & SeatTrait[name]) !== 0).length;
        return (
          <CheckBox
            key={name}
            label={t(traitTexts[name])}
            checked={count === seats.length}
            indeterminate={count > 0 && count < seats.length}
            onChange={(isSet) => editor.change((plan, chosen) => setTrait(plan, chosen, name, isSet))}
          />
        );
      })}
      <TextBox
        label={t("note")}
        value={common(seats, ({ note }) => note ?? "") ?? ""}
        onChange={(note) => editor.change((plan, chosen) => setNote(plan, chosen, note), "note")}
      />
      <NumberBox
        label={t("seatRadius")}
        value={common(seats, ({ radius }) => radius ?? 10) ?? 10}
        min={1}
        max={200}
        onChange={(radius) => editor.change((plan, chosen) => setRadius(plan, chosen, Math.round(radius)), "radius")}
      />
    </Group>
  );
}

function RowFields({ rows }: { rows: readonly Row[] }) {
  const { t } = useEditorText();
  const { editor } = useEditor();
  const [first] = rows;
  const pitch = first === undefined ? 0 : pitchOf(first);
  return (
    <Group title={t("rows")}>
      {rows.length === 1 && (
        <TextBox
          label={t("rowName")}
          value={first?.number ?? ""}
          onChange={(number) => editor.change((plan, chosen) => setRowTexts(plan, chosen, { number }), "row name")}
        />
      )}
      <Pair>
        <TextBox
          label={t("rowLabel")}
          placeholder={t("rowLabelHint")}
          value={common(rows, ({ label }) => label ?? "") ?? ""}
          onChange={(text) =>
            editor.change(
              (plan, chosen) => setRowTexts(plan, chosen, { label: text === "" ? undefined : text }),
              "label",
            )
          }
        />
        <TextBox
          label={t("seatLabel")}
          placeholder="seat %s"
          value={common(rows, ({ seatLabel }) => seatLabel ?? "") ?? ""}
          onChange={(text) =>
            editor.change(
              (plan, chosen) => setRowTexts(plan, chosen, { seatLabel: text === "" ? undefined : text }),
              "seat label",
            )
          }
        />
      </Pair>
      <Pair>
        <NumberBox
          label={t("bend")}
          value={Math.round(bendOf(first?.seats ?? []) * 10) / 10}
          onChange={(bend) => editor.change((plan, chosen) => bendRows(plan, chosen, bend), "bend")}
        />
        <NumberBox
          label={t("pitch")}
          value={pitch}
          min={5}
          max={500}
          onChange={(next) => editor.change((plan, chosen) => spaceSeats(plan, chosen, next), "pitch")}
        />
      </Pair>
    </Group>
  );
}

function pitchOf({ seats }: Row): number {
  const [a, b] = [seats[0], seats.at(-1)];
  if (a === undefined || b === undefined || seats.length < 2) return 25;
  return Math.round((Math.hypot(b.x - a.x, b.y - a.y) / (seats.length - 1)) * 10) / 10;
}
