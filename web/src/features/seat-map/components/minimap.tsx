import { useEffect, useRef, type PointerEvent } from "react";
import type { SeatMapView } from "../view/seat-map-view";
import styles from "./minimap.module.css";

/** Where one is in a large plan; pressing it goes there. For the eye only: keys and buttons move the map as well. */
export function Minimap({ view }: { view: SeatMapView }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    view.setMinimap(canvas.current);
    return () => view.setMinimap(undefined);
  }, [view]);
  const look = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const point = view.pointOfMinimap({ x: event.clientX - left, y: event.clientY - top });
    if (point !== undefined) view.lookAt(point);
  };
  const { left, top, right, bottom } = view.plan.bounds;
  const isTall = bottom - top > right - left;
  return (
    <div className={styles.frame} data-tall={isTall} aria-hidden="true">
      <canvas
        ref={canvas}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          look(event);
        }}
        onPointerMove={look}
      />
    </div>
  );
}
