import { fitBox, toPlan, toScreen, visibleBox, type Camera, type Point, type Size } from "../model/camera";
import { toCss } from "@/ui/colours";
import type { Plan } from "../model/plan";
import type { Palette } from "./palette";
import type { TileLayer } from "./tile-layer";

const padding = 6;

/** The whole plan in a corner, with a frame around what is seen. */
export class MinimapPainter {
  readonly #plan: Plan;
  readonly #canvas: HTMLCanvasElement;
  readonly #size: Size;

  constructor(plan: Plan, canvas: HTMLCanvasElement) {
    this.#plan = plan;
    this.#canvas = canvas;
    this.#size = { width: canvas.clientWidth, height: canvas.clientHeight };
  }

  /** The plan's point under a point of the minimap. */
  pointAt(at: Point): Point {
    return toPlan(this.#camera(), this.#size, at);
  }

  paint(
    tiles: TileLayer,
    camera: Camera,
    view: Size,
    palette: Palette,
    chosen: ReadonlySet<number>,
    ratio: number,
  ): void {
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    const [width, height] = [Math.round(this.#size.width * ratio), Math.round(this.#size.height * ratio)];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      [this.#canvas.width, this.#canvas.height] = [width, height];
    }
    const own = this.#camera();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    tiles.drawBase(context, own, this.#size, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = toCss(palette.accent);
    for (const seat of chosen) {
      const { x, y } = toScreen(own, this.#size, { x: this.#plan.x[seat] ?? 0, y: this.#plan.y[seat] ?? 0 });
      context.beginPath();
      context.arc(x, y, 2.5, 0, 2 * Math.PI);
      context.fill();
    }
    const seen = visibleBox(camera, view);
    const from = toScreen(own, this.#size, { x: seen.left, y: seen.top });
    const to = toScreen(own, this.#size, { x: seen.right, y: seen.bottom });
    const [left, top] = [Math.max(from.x, 1), Math.max(from.y, 1)];
    const [right, bottom] = [Math.min(to.x, this.#size.width - 1), Math.min(to.y, this.#size.height - 1)];
    context.fillStyle = toCss(palette.ink, 0.08);
    context.strokeStyle = toCss(palette.ink);
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(left, top, Math.max(right - left, 4), Math.max(bottom - top, 4), 2);
    context.fill();
    context.stroke();
  }

  #camera(): Camera {
    return fitBox(this.#plan.bounds, this.#size, padding);
  }
}
