import { Button } from "@mantine/core";
import { areaIcons, type AreaIcon } from "../model/document";
import type { AreaKind } from "../model/draw";
import { schemeKinds, type SchemeKind } from "../model/numbering";
import { changeOfPress } from "../editor/drawing";
import type { DrawOptions, Reach, Tool } from "../editor/editor";
import { useEditorText, type EditorMessage } from "../messages";
import { useEditor } from "./editor-context";
import { ChoiceBox, Group, NumberBox, Pair, TextBox } from "./inputs";
import { tools } from "./toolbar";
import { useDrawTexts } from "./use-draw-texts";

export const schemeTexts: Record<SchemeKind, EditorMessage> = {
  numbers: "schemeNumbers",
  odd: "schemeOdd",
  even: "schemeEven",
  middle: "schemeMiddle",
  letters: "schemeLetters",
  lettersWithoutIO: "schemeLettersWithoutIO",
  list: "schemeList",
};

export const iconTexts: Record<AreaIcon, EditorMessage> = {
  entrance: "iconEntrance",
  exit: "iconExit",
  bar: "iconBar",
  lift: "iconLift",
  toilet: "iconToilet",
  firstAid: "iconFirstAid",
  cloakroom: "iconCloakroom",
};

const kindTexts: Record<AreaKind, EditorMessage> = {
  standing: "kindStanding",
  booth: "kindBooth",
  stage: "kindStage",
  shape: "kindShape",
};

const seatTools: readonly Tool[] = ["row", "block", "fan", "roundTable", "table"];
const areaTools: readonly Tool[] = ["polygon", "rectangle", "ellipse"];

/** How the chosen tool draws; and a way to draw without pointing. */
export function ToolOptions() {
  const { t } = useEditorText();
  const { editor, state, middle } = useEditor();
  const texts = useDrawTexts();
  const { tool, draw } = state;
  const text = tools.find((one) => one.tool === tool)?.text ?? "toolSelect";
  const hints: Partial<Record<Tool, EditorMessage>> = {
    select: "hintSelect",
    lasso: "hintLasso",
    hand: "hintHand",
    row: "hintRow",
    block: "hintBlock",
    polygon: "hintPolygon",
    paint: "hintPaint",
    focus: "hintFocus",
  };
  const hint = hints[tool] ?? "hintPress";
  const isSeats = seatTools.includes(tool);
  const isPlaced = isSeats || areaTools.includes(tool) || tool === "text" || tool === "icon";
  return (
    <Group title={t(text)}>
      <p className="muted small">{t(hint)}</p>
      {(tool === "select" || tool === "lasso" || tool === "paint") && (
        <ChoiceBox<Reach>
          label={t("reach")}
          value={state.reach}
          choices={[
            { value: "seat", label: t("reachSeat") },
            { value: "row", label: t("reachRow") },
            { value: "section", label: t("reachSection") },
          ]}
          onChange={(reach) => editor.set({ reach })}
        />
      )}
      {isPlaced && <SectionAndCategory hasCategory={isSeats} />}
      {!isSeats && tool === "paint" && <SectionAndCategory hasCategory hasSection={false} />}
      {isSeats && <SeatOptions tool={tool} draw={draw} />}
      {areaTools.includes(tool) && (
        <ChoiceBox<AreaKind>
          label={t("areaKind")}
          value={draw.areaKind}
          choices={(["standing", "booth", "stage", "shape"] as const).map((value) => ({
            value,
            label: t(kindTexts[value]),
          }))}
          onChange={(areaKind) => editor.setDraw({ areaKind })}
        />
      )}
      {(areaTools.includes(tool) || tool === "text") && (
        <TextBox label={t("caption")} value={draw.caption} onChange={(caption) => editor.setDraw({ caption })} />
      )}
      {areaTools.includes(tool) && draw.areaKind === "standing" && <p className="muted small">{t("standingHint")}</p>}
      {tool === "icon" && (
        <ChoiceBox<AreaIcon>
          label={t("icon")}
          value={draw.icon}
          choices={areaIcons.map((value) => ({ value, label: t(iconTexts[value]) }))}
          onChange={(icon) => editor.setDraw({ icon })}
        />
      )}
      {isPlaced && (
        <Button
          size="sm"
          onClick={() => {
            const change = changeOfPress(editor, editor.snap(middle()), texts);
            if (change !== undefined) editor.apply(change);
          }}
        >
          {t("addInMiddle")}
        </Button>
      )}
    </Group>
  );
}

function SectionAndCategory({ hasCategory, hasSection = true }: { hasCategory: boolean; hasSection?: boolean }) {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const { zones, categories } = state.history.present.document;
  const names = [...new Set(zones.map(({ name }) => name ?? "").filter((name) => name !== ""))];
  return (
    <>
      {hasSection && (
        <TextBox
          label={t("section")}
          value={state.draw.section}
          list={names}
          onChange={(section) => editor.setDraw({ section })}
        />
      )}
      {hasCategory && (
        <ChoiceBox
          label={t("category")}
          value={state.draw.category}
          choices={categories.map(({ name }) => ({ value: name, label: name }))}
          onChange={(category) => editor.setDraw({ category })}
        />
      )}
    </>
  );
}

function SeatOptions({ tool, draw }: { tool: Tool; draw: DrawOptions }) {
  const { t } = useEditorText();
  const { editor } = useEditor();
  const set = (change: Partial<DrawOptions>): void => editor.setDraw(change);
  const { rows, seats } = draw.numbering;
  if (tool === "roundTable")
    return (
      <NumberBox label={t("chairs")} value={draw.chairs} min={1} max={40} onChange={(chairs) => set({ chairs })} />
    );
  if (tool === "table")
    return (
      <Pair>
        <NumberBox label={t("chairsLong")} value={draw.long} min={1} max={40} onChange={(long) => set({ long })} />
        <NumberBox label={t("chairsEnds")} value={draw.ends} min={0} max={10} onChange={(ends) => set({ ends })} />
      </Pair>
    );
  return (
    <>
      <Pair>
        {tool !== "row" && (
          <NumberBox label={t("rows")} value={draw.rows} min={1} max={200} onChange={(value) => set({ rows: value })} />
        )}
        {tool === "fan" ? (
          <NumberBox label={t("radius")} value={draw.radius} min={10} onChange={(radius) => set({ radius })} />
        ) : (
          <NumberBox
            label={t("seats")}
            value={draw.seats}
            min={1}
            max={500}
            onChange={(value) => set({ seats: value })}
          />
        )}
      </Pair>
      <Pair>
        <NumberBox label={t("pitch")} value={draw.pitch} min={5} max={500} onChange={(pitch) => set({ pitch })} />
        {tool !== "row" && (
          <NumberBox
            label={t("rowPitch")}
            value={draw.rowPitch}
            min={5}
            max={500}
            onChange={(rowPitch) => set({ rowPitch })}
          />
        )}
      </Pair>
      <Pair>
        {tool === "fan" ? (
          <NumberBox label={t("span")} value={draw.span} min={1} max={360} onChange={(span) => set({ span })} />
        ) : (
          <NumberBox label={t("bend")} value={draw.bend} min={-2000} max={2000} onChange={(bend) => set({ bend })} />
        )}
        {tool === "block" && (
          <NumberBox label={t("skew")} value={draw.skew} min={-500} max={500} onChange={(skew) => set({ skew })} />
        )}
      </Pair>
      <Pair>
        <ChoiceBox
          label={t("rowNames")}
          value={rows.kind}
          choices={schemeKinds
            .filter((kind) => kind !== "list")
            .map((value) => ({ value, label: t(schemeTexts[value]) }))}
          onChange={(kind) => set({ numbering: { ...draw.numbering, rows: { ...rows, kind } } })}
        />
        <ChoiceBox
          label={t("seatNumbers")}
          value={seats.kind}
          choices={schemeKinds
            .filter((kind) => kind !== "list")
            .map((value) => ({ value, label: t(schemeTexts[value]) }))}
          onChange={(kind) => set({ numbering: { ...draw.numbering, seats: { ...seats, kind } } })}
        />
      </Pair>
    </>
  );
}
