import { useEffect, useRef, type RefObject } from "react";
import type { Editor } from "../editor/editor";
import type { Stroke, Tools } from "../editor/tools";
import type { Point } from "../model/document";
import type { EditorView } from "../view/editor-view";

const slopPixels = 4;
const wheelStrength = { wheel: 0.0028, pinch: 0.012 };
const pixelsPerLine = 33;

interface Press {
  id: number;
  start: Point;
  stroke: Stroke | undefined;
  last: Point;
  hasMoved: boolean;
}

/**
 * Mouse, pen and fingers on the canvas: one is the tool, two move the sheet; so do the middle button and the space bar.
 */
export function usePointer(
  box: RefObject<HTMLElement | null>,
  view: EditorView | undefined,
  editor: Editor,
  tools: Tools | undefined,
): void {
  const isSpaceDown = useRef(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || view === undefined || tools === undefined) return;
    const listening = new AbortController();
    const { signal } = listening;
    const contacts = new Map<number, Point>();
    let press: Press | undefined;
    const pointOf = (event: MouseEvent): Point => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left - element.clientLeft, y: event.clientY - top - element.clientTop };
    };
    const modifiersOf = (event: MouseEvent) => ({
      isAdding: event.shiftKey || event.ctrlKey || event.metaKey,
      isFree: event.altKey,
    });
    const spread = (): number => {
      const [a, b] = [...contacts.values()];
      return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    };
    const middle = (): Point => {
      const all = [...contacts.values()];
      const sum = all.reduce((to, { x, y }) => ({ x: to.x + x, y: to.y + y }), { x: 0, y: 0 });
      return { x: sum.x / Math.max(1, all.length), y: sum.y / Math.max(1, all.length) };
    };

    element.addEventListener(
      "pointerdown",
      (event) => {
        if (!(event.target instanceof HTMLCanvasElement)) return;
        const at = pointOf(event);
        element.setPointerCapture(event.pointerId);
        contacts.set(event.pointerId, at);
        if (contacts.size > 1) {
          tools.cancel();
          press = undefined;
          return;
        }
        view.motion.stop();
        const isPan = event.button === 1 || isSpaceDown.current || editor.state.tool === "hand";
        if (event.button > 1) return;
        const stroke = isPan ? undefined : tools.down(view.planAt(at), modifiersOf(event));
        press = { id: event.pointerId, start: at, last: at, stroke, hasMoved: false };
        element.dataset.dragging = String(isPan);
      },
      { signal },
    );
    element.addEventListener(
      "pointermove",
      (event) => {
        const at = pointOf(event);
        if (contacts.has(event.pointerId) && contacts.size > 1) {
          const [before, wide] = [middle(), spread()];
          contacts.set(event.pointerId, at);
          const now = middle();
          view.panBy(now.x - before.x, now.y - before.y);
          if (wide > 0) view.zoomAt(now, spread() / wide);
          return;
        }
        if (press === undefined || press.id !== event.pointerId) {
          if (event.target instanceof HTMLCanvasElement) tools.hover(view.planAt(at));
          return;
        }
        contacts.set(event.pointerId, at);
        press.hasMoved ||= Math.hypot(at.x - press.start.x, at.y - press.start.y) > slopPixels;
        if (!press.hasMoved) return;
        if (press.stroke === undefined) view.panBy(at.x - press.last.x, at.y - press.last.y);
        else press.stroke.move?.(view.planAt(at), modifiersOf(event));
        press.last = at;
      },
      { signal },
    );
    const end = (event: PointerEvent, isDone: boolean): void => {
      contacts.delete(event.pointerId);
      element.dataset.dragging = "false";
      if (press?.id !== event.pointerId) return;
      const { stroke, hasMoved } = press;
      press = undefined;
      if (isDone) stroke?.up?.(view.planAt(pointOf(event)), modifiersOf(event), hasMoved);
      else tools.cancel();
    };
    element.addEventListener("pointerup", (event) => end(event, true), { signal });
    element.addEventListener("pointercancel", (event) => end(event, false), { signal });
    element.addEventListener("dblclick", () => tools.finish(), { signal });
    element.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const factor = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : pixelsPerLine;
        const pixels = event.deltaY * factor;
        if (event.shiftKey) view.panBy(-pixels, 0);
        else if (event.ctrlKey) view.zoomAt(pointOf(event), Math.exp(-pixels * wheelStrength.pinch));
        else view.wheel(pointOf(event), Math.exp(-pixels * wheelStrength.wheel));
      },
      { signal, passive: false },
    );
    const space = (event: KeyboardEvent, isDown: boolean): void => {
      if (event.key !== " " || event.target !== element) return;
      isSpaceDown.current = isDown;
      event.preventDefault();
    };
    element.addEventListener("keydown", (event) => space(event, true), { signal });
    element.addEventListener("keyup", (event) => space(event, false), { signal });
    return () => listening.abort();
  }, [box, view, editor, tools]);
}
