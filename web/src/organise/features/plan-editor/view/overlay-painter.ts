import { toScreen, type Camera, type Size } from "@/features/seat-map/model/camera";
import type { Palette } from "@/features/seat-map/render/palette";
import { toCss } from "@/ui/colours";
import { turnHandle, type Preview } from "../editor/tools";
import type { Compiled } from "../model/compile";
import type { Point } from "../model/document";
import { boxOfArea, captionAt, isBox, outlineOf, type Box } from "../model/geometry";
import type { Selection } from "../model/selection";
import { iconPaths } from "./icons";

export interface Overlay {
  compiled: Compiled;
  selection: Selection;
  box: Box;
  /** The handle for turning. */
  hasHandle: boolean;
  preview: Preview | undefined;
  /** By how much the selection is dragged. */
  by: Point | undefined;
  focalPoint: Point;
  isFocusGiven: boolean;
}

const labelPixels = 13;

/** What is drawn over the plan in each frame: frames, handles and what is just being drawn. Sizes are the screen's. */
export class OverlayPainter {
  #context!: CanvasRenderingContext2D;
  #camera!: Camera;
  #view!: Size;
  #palette!: Palette;
  readonly #icons = new Map(Object.entries(iconPaths).map(([name, path]) => [name, new Path2D(path)]));

  paint(context: CanvasRenderingContext2D, camera: Camera, view: Size, palette: Palette, overlay: Overlay): void {
    [this.#context, this.#camera, this.#view, this.#palette] = [context, camera, view, palette];
    this.#icon(overlay.compiled);
    this.#focus(overlay);
    this.#areas(overlay);
    this.#frame(overlay);
    if (overlay.preview !== undefined) this.#preview(overlay.preview);
  }

  #icon({ areas }: Compiled): void {
    for (const { zone, area } of areas) {
      if (area.icon === undefined) continue;
      const at = this.#at(captionAt(zone, area));
      const size = Math.min(Math.max((area.caption?.size ?? 16) * 1.6 * this.#camera.scale, 12), 64);
      this.#context.save();
      this.#context.translate(at.x - size / 2, at.y - size / 2);
      this.#context.scale(size / 24, size / 24);
      this.#context.strokeStyle = toCss(this.#palette.ink);
      this.#context.lineWidth = 1.75;
      this.#context.lineJoin = this.#context.lineCap = "round";
      this.#context.stroke(this.#icons.get(area.icon) ?? new Path2D());
      this.#context.restore();
    }
  }

  /** Where everybody looks. */
  #focus({ focalPoint, isFocusGiven }: Overlay): void {
    const { x, y } = this.#at(focalPoint);
    const context = this.#context;
    context.strokeStyle = toCss(isFocusGiven ? this.#palette.accent : this.#palette.muted);
    context.lineWidth = 1.5;
    context.setLineDash(isFocusGiven ? [] : [3, 3]);
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      context.moveTo(x + dx * 4, y + dy * 4);
      context.lineTo(x + dx * 13, y + dy * 13);
    }
    context.stroke();
    context.setLineDash([]);
  }

  #areas({ compiled, selection, by }: Overlay): void {
    if (selection.areas.size === 0) return;
    for (const { zone, area } of compiled.areas) {
      if (!selection.areas.has(area.key)) continue;
      const outline = outlineOf(zone, area);
      const box = boxOfArea(zone, area);
      const line = outline.length > 0 ? outline : cornersOf(box);
      this.#line(
        line.map(({ x, y }) => ({ x: x + (by?.x ?? 0), y: y + (by?.y ?? 0) })),
        true,
        by !== undefined,
      );
    }
  }

  #frame({ box, hasHandle, by }: Overlay): void {
    if (!isBox(box)) return;
    const moved = {
      left: box.left + (by?.x ?? 0),
      right: box.right + (by?.x ?? 0),
      top: box.top + (by?.y ?? 0),
      bottom: box.bottom + (by?.y ?? 0),
    };
    const context = this.#context;
    const [from, to] = [this.#at({ x: moved.left, y: moved.top }), this.#at({ x: moved.right, y: moved.bottom })];
    context.strokeStyle = toCss(this.#palette.accent);
    context.lineWidth = 1;
    context.strokeRect(from.x - 4.5, from.y - 4.5, to.x - from.x + 9, to.y - from.y + 9);
    if (by !== undefined) this.#label(`${Math.round(by.x)}, ${Math.round(by.y)}`, to);
    if (!hasHandle || by !== undefined) return;
    const handle = this.#at(turnHandle(box, 1 / this.#camera.scale));
    context.beginPath();
    context.moveTo(handle.x, from.y - 4);
    context.lineTo(handle.x, handle.y + 6);
    context.stroke();
    context.beginPath();
    context.arc(handle.x, handle.y, 6, 0, 2 * Math.PI);
    context.fillStyle = toCss(this.#palette.paper);
    context.fill();
    context.lineWidth = 2;
    context.stroke();
  }

  #preview({ seats, line, isClosed = false, isLasso = false, label }: Preview): void {
    const context = this.#context;
    let last: Point | undefined;
    if (seats !== undefined) {
      context.beginPath();
      for (const row of seats) {
        for (const seat of row) {
          const { x, y } = this.#at(seat);
          const radius = Math.max(10 * this.#camera.scale, 1);
          context.moveTo(x + radius, y);
          context.arc(x, y, radius, 0, 2 * Math.PI);
          last = { x, y };
        }
      }
      context.strokeStyle = toCss(this.#palette.accent);
      context.lineWidth = 1.5;
      context.stroke();
      context.fillStyle = toCss(this.#palette.accent, 0.15);
      context.fill();
    }
    if (line !== undefined) {
      this.#line(line, isClosed, true, isLasso);
      const end = line.at(-2) ?? line[0];
      if (end !== undefined) last = this.#at(end);
    }
    if (label !== undefined && last !== undefined) this.#label(label, last);
  }

  #line(points: readonly Point[], isClosed: boolean, isDashed: boolean, isLasso = false): void {
    const context = this.#context;
    context.beginPath();
    for (const point of points) {
      const { x, y } = this.#at(point);
      context.lineTo(x, y);
    }
    if (isClosed) context.closePath();
    context.strokeStyle = toCss(this.#palette.accent);
    context.lineWidth = isLasso ? 1 : 2;
    context.setLineDash(isDashed ? [5, 4] : []);
    context.stroke();
    context.setLineDash([]);
    if (!isDashed) return;
    context.fillStyle = toCss(this.#palette.accent, 0.08);
    context.fill();
  }

  #label(text: string, { x, y }: Point): void {
    const context = this.#context;
    context.font = `600 ${labelPixels}px ${this.#palette.font}`;
    const width = context.measureText(text).width + 16;
    const left = Math.min(Math.max(x + 14, 4), Math.max(4, this.#view.width - width - 4));
    const top = Math.min(Math.max(y + 14, 4), Math.max(4, this.#view.height - 30));
    context.fillStyle = toCss(this.#palette.ink);
    context.beginPath();
    context.roundRect(left, top, width, 26, 8);
    context.fill();
    context.fillStyle = toCss(this.#palette.paper);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(text, left + 8, top + 13.5);
  }

  #at(point: Point): Point {
    return toScreen(this.#camera, this.#view, point);
  }
}

function cornersOf({ left, top, right, bottom }: Box): Point[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}
