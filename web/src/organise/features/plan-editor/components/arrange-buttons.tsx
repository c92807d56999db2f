import { useState } from "react";
import {
  align,
  alignments,
  distribute,
  duplicate,
  mirror,
  move,
  remove,
  rotate,
  skew,
  snapToGrid,
  type Alignment,
} from "../model/arrange";
import { boxOfSelection } from "../model/geometry";
import { useEditorText, type EditorMessage } from "../messages";
import { useEditor } from "./editor-context";
import { Actions, Group, NumberBox, Pair, SmallButton } from "./inputs";

const alignTexts: Record<Alignment, EditorMessage> = {
  left: "alignLeft",
  centre: "alignCentre",
  right: "alignRight",
  top: "alignTop",
  middle: "alignMiddle",
  bottom: "alignBottom",
};

/** Where things stand, by number and by button. */
export function ArrangeButtons() {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const { document, selection } = state.history.present;
  const [by, setBy] = useState({ angle: 15, skew: 10, x: 0, y: 30 });
  const box = boxOfSelection(document, selection);
  return (
    <Group title={t("arrange")}>
      <Pair>
        <NumberBox
          label="x"
          value={Math.round(box.left)}
          onChange={(x) => editor.change((plan, chosen) => move(plan, chosen, x - box.left, 0), "x")}
        />
        <NumberBox
          label="y"
          value={Math.round(box.top)}
          onChange={(y) => editor.change((plan, chosen) => move(plan, chosen, 0, y - box.top), "y")}
        />
      </Pair>
      <Actions label={t("align")}>
        {alignments.map((alignment) => (
          <SmallButton key={alignment} onClick={() => editor.change((plan, chosen) => align(plan, chosen, alignment))}>
            {t(alignTexts[alignment])}
          </SmallButton>
        ))}
        <SmallButton onClick={() => editor.change((plan, chosen) => distribute(plan, chosen, true))}>
          {t("distributeAcross")}
        </SmallButton>
        <SmallButton onClick={() => editor.change((plan, chosen) => distribute(plan, chosen, false))}>
          {t("distributeDown")}
        </SmallButton>
        <SmallButton onClick={() => editor.change((plan, chosen) => snapToGrid(plan, chosen, state.grid))}>
          {t("toGrid")}
        </SmallButton>
      </Actions>
      <Pair>
        <NumberBox label={t("angle")} value={by.angle} onChange={(angle) => setBy({ ...by, angle })} />
        <SmallButton onClick={() => editor.change((plan, chosen) => rotate(plan, chosen, by.angle))}>
          {t("turn")}
        </SmallButton>
      </Pair>
      <Pair>
        <NumberBox label={t("skew")} value={by.skew} onChange={(value) => setBy({ ...by, skew: value })} />
        <SmallButton onClick={() => editor.change((plan, chosen) => skew(plan, chosen, by.skew))}>
          {t("doSkew")}
        </SmallButton>
      </Pair>
      <Actions label={t("mirror")}>
        <SmallButton onClick={() => editor.change((plan, chosen) => mirror(plan, chosen, true))}>
          {t("mirrorAcross")}
        </SmallButton>
        <SmallButton onClick={() => editor.change((plan, chosen) => mirror(plan, chosen, false))}>
          {t("mirrorDown")}
        </SmallButton>
      </Actions>
      <Pair>
        <NumberBox label={t("copyX")} value={by.x} onChange={(x) => setBy({ ...by, x })} />
        <NumberBox label={t("copyY")} value={by.y} onChange={(y) => setBy({ ...by, y })} />
        <SmallButton onClick={() => editor.apply(duplicate(document, selection, by.x, by.y))}>{t("copy")}</SmallButton>
      </Pair>
      <SmallButton color="red" onClick={() => editor.change(remove)}>
        {t("delete")}
      </SmallButton>
    </Group>
  );
}
