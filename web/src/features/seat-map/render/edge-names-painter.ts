import { toCss } from "@/ui/colours";
import { toScreen, visibleBox, type Camera, type Size } from "../model/camera";
import { detailAt } from "../model/level-of-detail";
import type { Plan } from "../model/plan";
import type { SeatGrid } from "../model/seat-grid";
import type { Palette } from "./palette";
import type { RowName } from "./row-names";

const textPixels = 12;
const pillPixels = 20;
const edgePixels = 14;
/** Names of rows that lie closer together than this would cover one another. */
const apartPixels = 17;
/** Seats' widths between a row's first seat in view and its name. */
const beforeSeat = 0.95;

interface Start {
  x: number;
  y: number;
}

/**
 * At the zoom at which seats have numbers, a row whose own name is out of view is named beside its first seat in view:
 * a phone shows a dozen seats at a time, and a number without its row says nothing.
 */
export class EdgeNamesPainter {
  readonly #plan: Plan;
  readonly #grid: SeatGrid;
  readonly #names: readonly RowName[];

  constructor(plan: Plan, grid: SeatGrid, names: readonly RowName[]) {
    this.#plan = plan;
    this.#grid = grid;
    this.#names = names;
  }

  paint(context: CanvasRenderingContext2D, camera: Camera, view: Size, palette: Palette): void {
    if (!detailAt(this.#plan, camera.scale).hasNumbers) return;
    context.font = `650 ${textPixels}px ${palette.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const { row, x, y } of this.placesIn(camera, view)) {
      const name = this.#plan.rows[row]?.name ?? "";
      const width = Math.max(pillPixels, name.length * textPixels * 0.6 + 10);
      const left = Math.max(x - width / 2, 3);
      context.fillStyle = toCss(palette.surface, 0.94);
      context.strokeStyle = toCss(palette.line);
      context.lineWidth = 1;
      context.beginPath();
      context.roundRect(left, y - pillPixels / 2, width, pillPixels, pillPixels / 2);
      context.fill();
      context.stroke();
      context.fillStyle = toCss(palette.ink);
      context.fillText(name, left + width / 2, y + 0.5);
    }
  }

  /** Where rows are named, in CSS pixels; from the top, as far as they have room. */
  placesIn(camera: Camera, view: Size): { row: number; x: number; y: number }[] {
    const box = visibleBox(camera, view);
    const { pitch, rowOf, rows } = this.#plan;
    const isIn = ({ x, y }: { x: number; y: number }): boolean =>
      x > box.left && x < box.right && y > box.top && y < box.bottom;
    const starts = new Map<number, Start>();
    this.#grid.forEachIn(box, (seat) => {
      const at = { x: this.#plan.x[seat] as number, y: this.#plan.y[seat] as number };
      const row = rowOf[seat] as number;
      if (isIn(at) && at.x < (starts.get(row)?.x ?? Infinity)) starts.set(row, at);
    });
    for (const name of this.#names) if (isIn(name)) starts.delete(name.row);
    const places: { row: number; x: number; y: number }[] = [];
    for (const [row, start] of [...starts].sort(([, a], [, b]) => a.y - b.y)) {
      const at = toScreen(camera, view, start);
      const x = Math.max(at.x - beforeSeat * pitch * camera.scale, edgePixels);
      const isFree = places.every((one) => Math.hypot(one.x - x, one.y - at.y) >= apartPixels);
      if (rows[row]?.name !== "" && isFree) places.push({ row, x, y: at.y });
    }
    return places;
  }
}
