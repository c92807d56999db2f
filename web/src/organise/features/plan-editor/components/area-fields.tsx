import type { Area } from "../model/document";
import { newCaption } from "../model/document";
import { cornersOf, include, middleOf, noBox, isBox, shapeOf } from "../model/geometry";
import { setArea } from "../model/mean";
import { forEachArea } from "../model/selection";
import { useEditorText } from "../messages";
import { useEditor } from "./editor-context";
import { ColourBox } from "./colour-box";
import { Group, NumberBox, Pair, TextBox } from "./inputs";

/** Caption, colour and size of the selected areas. */
export function AreaFields() {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  const { document, selection } = state.history.present;
  const areas: Area[] = [];
  forEachArea(document, selection, (area) => areas.push(area));
  const [first] = areas;
  if (first === undefined) return null;
  const change = (tag: string, to: (area: Area) => Area): void =>
    editor.change((plan, chosen) => setArea(plan, chosen, to), tag);
  const captioned = (area: Area, text: string): Area => {
    if (area.caption !== undefined) return { ...area, caption: { ...area.caption, text } };
    const box = cornersOf(area).reduce((sum, point) => include(sum, point), noBox);
    return { ...area, caption: newCaption(text, isBox(box) ? middleOf(box) : { x: 0, y: 0 }, 18) };
  };
  return (
    <Group title={t("areas")}>
      {areas.length === 1 && (
        <TextBox
          label={t("caption")}
          value={first.caption?.text ?? ""}
          onChange={(text) => change("caption", (area) => captioned(area, text))}
        />
      )}
      <Pair>
        {shapeOf(first) !== "text" && (
          <ColourBox
            label={t("colour")}
            value={first.color ?? "#d6d3cb"}
            onChange={(color) => change("colour", (area) => ({ ...area, color }))}
          />
        )}
        {first.caption !== undefined && (
          <NumberBox
            label={t("captionSize")}
            value={first.caption.size ?? 16}
            min={4}
            max={400}
            onChange={(size) =>
              change("caption size", (area) =>
                area.caption === undefined ? area : { ...area, caption: { ...area.caption, size: Math.round(size) } },
              )
            }
          />
        )}
      </Pair>
      {first.size !== undefined && areas.length === 1 && (
        <Pair>
          <NumberBox
            label={t("width")}
            value={first.size.width}
            min={1}
            onChange={(width) =>
              change("width", (area) => ({
                ...area,
                size: { width: Math.round(width), height: area.size?.height ?? 1 },
              }))
            }
          />
          <NumberBox
            label={t("height")}
            value={first.size.height}
            min={1}
            onChange={(height) =>
              change("height", (area) => ({
                ...area,
                size: { width: area.size?.width ?? 1, height: Math.round(height) },
              }))
            }
          />
        </Pair>
      )}
    </Group>
  );
}
