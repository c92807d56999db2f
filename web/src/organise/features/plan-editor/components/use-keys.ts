import { useEffect, type RefObject } from "react";
import type { Editor } from "../editor/editor";
import { objectsOf } from "../editor/pick";
import type { Tools } from "../editor/tools";
import { duplicate, move, remove, rotate } from "../model/arrange";
import { boxOfSelection } from "../model/geometry";
import { isEmpty, nothing, selectAll, type Selection } from "../model/selection";
import type { EditorView } from "../view/editor-view";
import { tools as allTools } from "./toolbar";

const arrows: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const panPixels = 80;
const copyOffset = 30;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, dialog") !== null;
}

/** Undo and redo anywhere on the page, everything else where the sheet has the focus. */
export function useKeys(
  box: RefObject<HTMLElement | null>,
  view: EditorView | undefined,
  editor: Editor,
  tools: Tools | undefined,
  announce: (selection: Selection) => void,
): void {
  useEffect(() => {
    const element = box.current;
    if (element === null || view === undefined || tools === undefined) return;
    const listening = new AbortController();
    const { signal } = listening;
    const choose = (selection: Selection): void => {
      editor.select(selection);
      const around = boxOfSelection(editor.document, selection);
      if (!view.showsBox(around)) view.showBox(around);
      announce(selection);
    };

    window.addEventListener(
      "keydown",
      (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
        const key = event.key.toLowerCase();
        if (key === "z" && !event.shiftKey) editor.undo();
        else if (key === "y" || key === "z") editor.redo();
        else return;
        event.preventDefault();
      },
      { signal },
    );

    /** Answers whether the key was for the sheet. */
    const withControl = (key: string): boolean => {
      switch (key) {
        case "a":
          choose(selectAll(editor.document));
          return true;
        case "d":
          if (isEmpty(editor.selection)) return true;
          editor.apply(duplicate(editor.document, editor.selection, 0, copyOffset));
          announce(editor.selection);
          return true;
        default:
          return false;
      }
    };

    const toObject = (isBack: boolean): boolean => {
      const objects = objectsOf({ compiled: editor.compiled, floor: editor.state.floor });
      const { selection } = editor;
      const at = objects.findIndex(({ seats, areas }) => {
        const [seat] = seats;
        const [area] = areas;
        return seat !== undefined ? selection.seats.has(seat) : area !== undefined && selection.areas.has(area);
      });
      const next = at < 0 ? objects.at(isBack ? -1 : 0) : objects[at + (isBack ? -1 : 1)];
      // Behind the last one Tab leaves the sheet, as it does anywhere.
      if (next === undefined) {
        editor.select(nothing);
        return false;
      }
      choose(next);
      return true;
    };

    const plain = (event: KeyboardEvent): boolean => {
      const arrow = arrows[event.key];
      if (arrow !== undefined) {
        const [x, y] = arrow;
        if (isEmpty(editor.selection)) view.panBy(-x * panPixels, -y * panPixels);
        else {
          const by = editor.state.grid * (event.shiftKey ? 5 : 1);
          editor.change((document, selection) => move(document, selection, x * by, y * by), "nudge");
        }
        return true;
      }
      switch (event.key) {
        case "Tab":
          return toObject(event.shiftKey);
        case "Escape":
          if (!tools.cancel()) editor.select(nothing);
          editor.set({ tool: "select" });
          return true;
        case "Enter":
          tools.finish();
          return true;
        case "Delete":
        case "Backspace":
          editor.change(remove);
          return true;
        case "[":
        case "]":
          editor.change((document, selection) => rotate(document, selection, event.key === "[" ? -15 : 15), "turn");
          return true;
        case "+":
        case "=":
          view.zoomStep(1);
          return true;
        case "-":
          view.zoomStep(-1);
          return true;
        case "0":
          view.showWhole();
          return true;
        default: {
          const tool = allTools.find(({ key }) => key === event.key.toLowerCase())?.tool;
          if (tool !== undefined) editor.set({ tool });
          return tool !== undefined;
        }
      }
    };

    element.addEventListener(
      "keydown",
      (event) => {
        if (event.target !== element || event.altKey) return;
        const isDone = event.ctrlKey || event.metaKey ? withControl(event.key.toLowerCase()) : plain(event);
        if (isDone) event.preventDefault();
      },
      { signal },
    );
    return () => listening.abort();
  }, [box, view, editor, tools, announce]);
}
