import { useMediaQuery, useReducedMotion } from "@mantine/hooks";
import { useEffect, useState, type RefObject } from "react";
import { forcedColours, readPalette } from "@/features/seat-map/render/palette";
import { ExternalStore, useStore } from "@/lib/external-store";
import { useColorScheme } from "@/ui/color-scheme";
import type { Editor } from "../editor/editor";
import { EditorView } from "../view/editor-view";

const categoryColour = "#808080";

function coloursOf(editor: Editor): string[] {
  return editor.document.categories.map(({ color }) => color ?? categoryColour);
}

/**
 * The editor's canvas: it follows the editor itself, not React, so that what is dropped lies there in the same frame.
 */
export function useEditorView(
  box: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  editor: Editor,
): EditorView | undefined {
  const [holder] = useState(() => new ExternalStore<EditorView | undefined>(undefined));
  const view = useStore(holder);
  const colourScheme = useColorScheme();
  const isForced = useMediaQuery(forcedColours);
  const isReduced = useReducedMotion();

  useEffect(() => {
    const [element, surface] = [box.current, canvas.current];
    if (element === null || surface === null) return;
    const created = new EditorView({
      canvas: surface,
      palette: readPalette(element, coloursOf(editor)),
      onMove: ({ scale }) => {
        element.dataset.scale = scale.toFixed(3);
      },
    });
    let categories = editor.document.categories;
    const follow = (): void => {
      const { state } = editor;
      if (editor.document.categories !== categories) {
        categories = editor.document.categories;
        created.setPalette(readPalette(element, coloursOf(editor)));
      }
      created.setPlan(editor.compiled, state.floor);
      created.setSelection(editor.selection);
      created.setTrace(state.trace);
      created.setGridStep(state.isSnapping ? state.grid : 0);
    };
    created.resize({ width: element.clientWidth, height: element.clientHeight }, Math.min(devicePixelRatio, 2));
    follow();
    const unsubscribe = editor.store.subscribe(follow);
    const observer = new ResizeObserver(() =>
      created.resize({ width: element.clientWidth, height: element.clientHeight }, Math.min(devicePixelRatio, 2)),
    );
    observer.observe(element);
    holder.set(created);
    return () => {
      unsubscribe();
      observer.disconnect();
      created.dispose();
    };
  }, [box, canvas, editor, holder]);

  useEffect(() => {
    if (box.current !== null) view?.setPalette(readPalette(box.current, coloursOf(editor)));
  }, [view, colourScheme, isForced, box, editor]);

  useEffect(() => {
    view?.reduceMotion(isReduced);
  }, [view, isReduced]);

  return view;
}
