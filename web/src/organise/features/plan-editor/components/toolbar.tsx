import type { ComponentType } from "react";
import type { Tool } from "../editor/editor";
import { useEditorText, type EditorMessage } from "../messages";
import { useEditor } from "./editor-context";
import * as icons from "./tool-icons";
import styles from "./toolbar.module.css";

/** Each with the key that chooses it. */
export const tools: readonly {
  tool: Tool;
  key: string;
  text: EditorMessage;
  icon: ComponentType<{ size?: number }>;
}[] = [
  { tool: "select", key: "v", text: "toolSelect", icon: icons.SelectIcon },
  { tool: "lasso", key: "l", text: "toolLasso", icon: icons.LassoIcon },
  { tool: "hand", key: "h", text: "toolHand", icon: icons.HandIcon },
  { tool: "row", key: "r", text: "toolRow", icon: icons.RowIcon },
  { tool: "block", key: "b", text: "toolBlock", icon: icons.BlockIcon },
  { tool: "fan", key: "f", text: "toolFan", icon: icons.FanIcon },
  { tool: "roundTable", key: "o", text: "toolRoundTable", icon: icons.RoundTableIcon },
  { tool: "table", key: "t", text: "toolTable", icon: icons.TableIcon },
  { tool: "polygon", key: "p", text: "toolPolygon", icon: icons.PolygonIcon },
  { tool: "rectangle", key: "u", text: "toolRectangle", icon: icons.RectangleIcon },
  { tool: "ellipse", key: "e", text: "toolEllipse", icon: icons.EllipseIcon },
  { tool: "text", key: "x", text: "toolText", icon: icons.TextIcon },
  { tool: "icon", key: "i", text: "toolIcon", icon: icons.SignIcon },
  { tool: "paint", key: "k", text: "toolPaint", icon: icons.PaintIcon },
  { tool: "focus", key: "c", text: "toolFocus", icon: icons.FocusIcon },
];

export function Toolbar() {
  const { t } = useEditorText();
  const { editor, state } = useEditor();
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t("tools")} aria-orientation="vertical">
      {tools.map(({ tool, key, text, icon: Icon }) => (
        <button
          key={tool}
          type="button"
          aria-pressed={state.tool === tool}
          aria-label={t(text)}
          aria-keyshortcuts={key}
          title={`${t(text)} (${key.toUpperCase()})`}
          onClick={() => editor.set({ tool })}
        >
          <Icon />
        </button>
      ))}
    </div>
  );
}
