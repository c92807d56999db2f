import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ExternalStore, useStore } from "@/lib/external-store";
import { MinusIcon, PlusIcon } from "@/ui/icons";
import type { Editor } from "../editor/editor";
import { Tools } from "../editor/tools";
import { seatCountOf } from "../model/document";
import type { Selection } from "../model/selection";
import { useEditorText } from "../messages";
import type { EditorView } from "../view/editor-view";
import styles from "./canvas.module.css";
import { describeSelection } from "./describe";
import { useDrawTexts } from "./use-draw-texts";
import { useEditorView } from "./use-editor-view";
import { useKeys } from "./use-keys";
import { usePointer } from "./use-pointer";

interface CanvasProps {
  editor: Editor;
  onView: (view: EditorView | undefined) => void;
}

/** The sheet that is drawn on. */
export function Canvas({ editor, onView }: CanvasProps) {
  const { t } = useEditorText();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [said, setSaid] = useState("");
  const { document } = useStore(editor.store).history.present;
  const view = useEditorView(box, canvas, editor);
  const texts = useDrawTexts();
  const [words] = useState(() => new ExternalStore({ texts, t }));
  useEffect(() => words.set({ texts, t }), [words, texts, t]);
  useEffect(() => onView(view), [view, onView]);

  const tools = useMemo(
    () =>
      view &&
      new Tools({
        editor,
        scene: () => ({ compiled: editor.compiled, grid: view.grid, floor: editor.state.floor }),
        pixel: () => 1 / view.camera.scale,
        show: (preview) => view.show(preview),
        drag: (by) => view.drag(by),
        texts: () => words.get().texts,
        countText: (rows, seats) => words.get().t("drawn", { rows, seats, count: seats }),
      }),
    [view, editor, words],
  );
  const announce = useCallback(
    (selection: Selection) => setSaid(describeSelection(editor.document, selection, words.get().t)),
    [editor, words],
  );
  usePointer(box, view, editor, tools);
  useKeys(box, view, editor, tools, announce);
  // What was begun with one tool is not gone on with by another.
  useEffect(() => {
    let tool = editor.state.tool;
    return editor.store.subscribe(() => {
      if (editor.state.tool === tool) return;
      tool = editor.state.tool;
      tools?.cancel();
    });
  }, [editor, tools]);

  return (
    <div
      ref={box}
      className={styles.box}
      tabIndex={0}
      role="application"
      aria-label={t("sheet", { count: seatCountOf(document) })}
      aria-describedby="plan-editor-keys"
    >
      <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
      <p id="plan-editor-keys" className="visually-hidden">
        {t("keys")}
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <div className={styles.zoom}>
        <button type="button" onClick={() => view?.showWhole()}>
          {t("whole")}
        </button>
        <button type="button" aria-label={t("zoomOut")} title={t("zoomOut")} onClick={() => view?.zoomStep(-1)}>
          <MinusIcon />
        </button>
        <button type="button" aria-label={t("zoomIn")} title={t("zoomIn")} onClick={() => view?.zoomStep(1)}>
          <PlusIcon />
        </button>
      </div>
    </div>
  );
}
