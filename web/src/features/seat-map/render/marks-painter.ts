import { toScreen, type Camera, type Size } from "../model/camera";
import { toCss } from "@/ui/colours";
import type { Plan } from "../model/plan";
import { drawChosen } from "./glyphs";
import type { Palette } from "./palette";

/** A chosen seat is never smaller than this on the screen, however far away: one must find one's seats again. */
const leastChosenPixels = 7;
const growMs = 160;
const pulseMs = 1400;

export interface Marks {
  chosen: ReadonlySet<number>;
  /** Seats that would be left alone. */
  orphans: readonly number[];
  /** Instead of the lost ones. */
  suggested: readonly number[];
  /** Lost seats and when, in the frame's time. */
  lost: ReadonlyMap<number, number>;
  /** What a click would choose. */
  preview: readonly number[];
  hoveredSection: number;
}

/** What belongs to this buyer, drawn over the tiles in each frame: a few seats only. */
export class MarksPainter {
  readonly #plan: Plan;
  readonly #chosenAt = new Map<number, number>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Answers whether something is still moving. */
  paint(
    context: CanvasRenderingContext2D,
    camera: Camera,
    view: Size,
    palette: Palette,
    marks: Marks,
    now: number,
    isReduced: boolean,
  ): boolean {
    let isMoving = false;
    this.#section(context, camera, view, palette, marks.hoveredSection);
    for (const seat of marks.suggested) this.#ring(context, camera, view, seat, toCss(palette.accent), 0.28, [4, 3]);
    for (const seat of marks.orphans) this.#orphan(context, camera, view, palette, seat);
    for (const [seat, since] of marks.lost) {
      const t = (now - since) / pulseMs;
      if (t >= 1) continue;
      isMoving = true;
      this.#ring(context, camera, view, seat, toCss(palette.bad, 1 - t), isReduced ? 0.4 : 0.3 + t * 1.2);
    }
    for (const seat of marks.preview) this.#ring(context, camera, view, seat, toCss(palette.ink), 0.22);
    for (const seat of this.#chosenAt.keys()) if (!marks.chosen.has(seat)) this.#chosenAt.delete(seat);
    for (const seat of marks.chosen) {
      const since = this.#chosenAt.get(seat) ?? now;
      this.#chosenAt.set(seat, since);
      const t = isReduced ? 1 : Math.min(1, (now - since) / growMs);
      isMoving ||= t < 1;
      const { x, y } = toScreen(camera, view, this.#at(seat));
      const radius = Math.max((this.#plan.radius[seat] as number) * camera.scale * 1.12, leastChosenPixels);
      drawChosen(context, x, y, radius * (0.6 + 0.4 * (1 - (1 - t) ** 3)), palette);
    }
    return isMoving;
  }

  #at(seat: number): { x: number; y: number } {
    return { x: this.#plan.x[seat] ?? 0, y: this.#plan.y[seat] ?? 0 };
  }

  #ring(
    context: CanvasRenderingContext2D,
    camera: Camera,
    view: Size,
    seat: number,
    colour: string,
    gap: number,
    dash: number[] = [],
  ): void {
    const { x, y } = toScreen(camera, view, this.#at(seat));
    const radius = Math.max((this.#plan.radius[seat] as number) * camera.scale, 4);
    context.beginPath();
    context.arc(x, y, radius * (1 + gap), 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1.5, radius * 0.14);
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  }

  #orphan(context: CanvasRenderingContext2D, camera: Camera, view: Size, palette: Palette, seat: number): void {
    this.#ring(context, camera, view, seat, toCss(palette.warn), 0.3);
    const { x, y } = toScreen(camera, view, this.#at(seat));
    const radius = (this.#plan.radius[seat] as number) * camera.scale;
    if (radius < 6) return;
    const badge = Math.max(radius * 0.45, 5);
    const [atX, atY] = [x + radius * 0.9, y - radius * 0.9];
    context.beginPath();
    context.arc(atX, atY, badge, 0, 2 * Math.PI);
    context.fillStyle = toCss(palette.warn);
    context.fill();
    context.fillStyle = toCss(palette.paper);
    context.font = `700 ${(badge * 1.5).toFixed(1)}px ${palette.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText("!", atX, atY + badge * 0.08);
  }

  #section(context: CanvasRenderingContext2D, camera: Camera, view: Size, palette: Palette, index: number): void {
    const section = this.#plan.sections[index];
    if (section === undefined) return;
    context.beginPath();
    for (let point = 0; point < section.outline.length; point += 2) {
      const { x, y } = toScreen(camera, view, {
        x: section.outline[point] as number,
        y: section.outline[point + 1] as number,
      });
      context.lineTo(x, y);
    }
    context.closePath();
    context.strokeStyle = toCss(palette.ink);
    context.lineWidth = 2.5;
    context.lineJoin = "round";
    context.stroke();
  }
}
