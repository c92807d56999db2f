import { useEffect, useRef, type RefObject } from "react";
import type { Point } from "../model/camera";
import { Gestures } from "../view/gestures";
import type { SeatMapView, Target } from "../view/seat-map-view";

/** A notch of a mouse's wheel is a hundred pixels, a line of one that counts lines is so many. */
const pixelsPerLine = 33;
const wheelStrength = { wheel: 0.0028, pinch: 0.012 };
/** A wheel that has just zoomed and reached the end does not begin to move the page in the same turn. */
const wheelGraceMs = 250;
const keyPans: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface GestureOptions {
  view: SeatMapView | undefined;
  /** Answers whether it did something. */
  onTap: (target: Target, at: Point, isTouch: boolean) => boolean;
  onHover: (target: Target, at: Point | undefined) => void;
  /** The map begins to move under the finger. */
  onMove: () => void;
}

/** Pointers, wheel and keys of the map's box, for its view. */
export function useGestures(
  box: RefObject<HTMLElement | null>,
  { view, onTap, onHover, onMove }: GestureOptions,
): void {
  const latest = useRef({ onTap, onHover, onMove });
  useEffect(() => {
    latest.current = { onTap, onHover, onMove };
  });

  useEffect(() => {
    const element = box.current;
    if (element === null || view === undefined) return;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    const gestures = new Gestures({
      onGrab: () => view.motion.stop(),
      onPan: (dx, dy) => {
        latest.current.onMove();
        view.panBy(dx, dy);
      },
      onZoom: (at, factor) => {
        latest.current.onMove();
        view.zoomAt(at, factor);
      },
      onFling: (vx, vy) => view.fling(vx, vy),
      onTap: (at, isTouch) => latest.current.onTap(view.targetAt(at, isTouch), at, isTouch),
      onDoubleTap: (at) => view.zoomInAt(at),
    });
    const pointOf = (event: MouseEvent): Point => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left - element.clientLeft, y: event.clientY - top - element.clientTop };
    };
    const isOnMap = (event: Event): boolean =>
      event.target instanceof HTMLCanvasElement && event.target.parentElement === element;

    element.addEventListener(
      "pointerdown",
      (event) => {
        if (!isOnMap(event) || event.button !== 0) return;
        element.setPointerCapture(event.pointerId);
        latest.current.onHover(undefined, undefined);
        gestures.down(event.pointerId, pointOf(event), event.timeStamp, event.pointerType !== "mouse");
      },
      options,
    );
    element.addEventListener(
      "pointermove",
      (event) => {
        const at = pointOf(event);
        gestures.move(event.pointerId, at, event.timeStamp);
        element.dataset.dragging = String(gestures.isDragging);
        if (event.pointerType !== "mouse" || gestures.isActive) return;
        if (isOnMap(event)) latest.current.onHover(view.targetAt(at, false), at);
        else latest.current.onHover(undefined, undefined);
      },
      options,
    );
    element.addEventListener(
      "pointerup",
      (event) => {
        gestures.up(event.pointerId, pointOf(event), event.timeStamp);
        element.dataset.dragging = "false";
      },
      options,
    );
    element.addEventListener("pointercancel", (event) => gestures.cancel(event.pointerId), options);
    element.addEventListener("pointerleave", () => latest.current.onHover(undefined, undefined), options);
    let lastZoomAt = -Infinity;
    element.addEventListener(
      "wheel",
      (event) => {
        latest.current.onHover(undefined, undefined);
        const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * pixelsPerLine;
        const at = pointOf(event);
        // A trackpad's pinch comes as a wheel with the control key, already smooth.
        if (event.ctrlKey) view.zoomAt(at, Math.exp(-pixels * wheelStrength.pinch));
        else if (!view.wheel(at, Math.exp(-pixels * wheelStrength.wheel))) {
          // Nothing left to zoom: the page's turn.
          if (event.timeStamp - lastZoomAt < wheelGraceMs) event.preventDefault();
          return;
        }
        lastZoomAt = event.timeStamp;
        event.preventDefault();
        latest.current.onMove();
      },
      { ...options, passive: false },
    );
    element.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target !== element) return;
        const pan = keyPans[event.key];
        if (pan !== undefined) view.panStep(...pan);
        else if (event.key === "+" || event.key === "=") view.zoomStep(1);
        else if (event.key === "-" || event.key === "_") view.zoomStep(-1);
        else if (event.key === "0") view.showWhole();
        else return;
        event.preventDefault();
      },
      options,
    );
    return () => listening.abort();
  }, [box, view]);
}
