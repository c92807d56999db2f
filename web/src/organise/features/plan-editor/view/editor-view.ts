import {
  clamp,
  fitBox,
  panBy,
  toPlan,
  toScreen,
  zoomAt,
  type Camera,
  type Size,
  type ZoomLimits,
} from "@/features/seat-map/model/camera";
import { detailPixels } from "@/features/seat-map/model/level-of-detail";
import { SeatGrid } from "@/features/seat-map/model/seat-grid";
import { SeatState, SeatStates } from "@/features/seat-map/model/seat-states";
import { LabelsPainter } from "@/features/seat-map/render/labels-painter";
import type { Palette } from "@/features/seat-map/render/palette";
import { PlanPainter } from "@/features/seat-map/render/plan-painter";
import { TileLayer, type TilePainter } from "@/features/seat-map/render/tile-layer";
import { Motion } from "@/features/seat-map/view/motion";
import { toCss } from "@/ui/colours";
import type { Trace } from "../editor/editor";
import type { Preview } from "../editor/tools";
import type { Compiled } from "../model/compile";
import type { Point } from "../model/document";
import { boxOfSelection, isBox, noBox, type Box } from "../model/geometry";
import { nothing, type Selection } from "../model/selection";
import { paintGrid, paintTrace } from "./backdrop-painter";
import { changedBoxes } from "./difference";
import { lift, paintLifted, type Lifted } from "./lifted";
import { OverlayPainter } from "./overlay-painter";
import { paintSelection } from "./selection-painter";

/**
 * Tiles may take so much of a frame's 16.7 ms; after a step, when nothing moves, more: it is then seen at once, where
 * short frames would build it up before one's eyes.
 */
const tileWorkMs = { moving: 5, afterStep: 24 };
/** The sheet is larger than what is drawn on it by so much at each side, in its own size. */
const sheetMargin = 0.6;
const leastMargin = 600;
const fitPadding = 48;
const most = 6;
const selectionPadding = 90;

export interface EditorViewOptions {
  canvas: HTMLCanvasElement;
  palette: Palette;
  onMove: (camera: Camera) => void;
}

/** Draws the plan as the shop does, by its painters and tiles, and over it what an editor needs. Knows no React. */
export class EditorView {
  readonly motion = new Motion();
  readonly #options: EditorViewOptions;
  readonly #overlay = new OverlayPainter();
  #palette: Palette;
  #compiled: Compiled | undefined;
  #grid: SeatGrid | undefined;
  #states: SeatStates | undefined;
  #painter: PlanPainter | undefined;
  #labels: LabelsPainter | undefined;
  #tiles: TileLayer | undefined;
  #sheet: Box = noBox;
  #isSelected = new Uint8Array();
  #selection: Selection = nothing;
  #selectionBox: Box = noBox;
  #floor: string | undefined;
  #preview: Preview | undefined;
  #by: Point | undefined;
  /** What was dragged is shown until the tiles have it where it is now. */
  #ghost: Lifted | undefined;
  #isLanding = false;
  #isAfterStep = false;
  #trace: Trace | undefined;
  #gridStep = 0;
  #size: Size = { width: 0, height: 0 };
  #ratio = 1;
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #limits: ZoomLimits = { min: 0.02, max: most };
  #frame = 0;

  constructor(options: EditorViewOptions) {
    this.#options = options;
    this.#palette = options.palette;
  }

  get size(): Size {
    return this.#size;
  }

  get camera(): Camera {
    return this.#camera;
  }

  get grid(): SeatGrid {
    if (this.#grid === undefined) throw new Error("The view has no plan yet.");
    return this.#grid;
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#tiles?.dispose();
  }

  /** Another state of the plan: only what is not the same is drawn again. */
  setPlan(compiled: Compiled, floor: string | undefined): void {
    const before = this.#compiled;
    if (before === compiled && this.#floor === floor) return;
    const isFirst = before === undefined;
    this.#compiled = compiled;
    const { plan } = compiled;
    this.#grid = new SeatGrid(plan);
    this.#states = new SeatStates(plan);
    this.#states.update((seat) => this.#stateOf(seat, floor));
    this.#painter = new PlanPainter(plan, this.#grid, this.#states, this.#palette);
    this.#painter.pixelRatio = this.#ratio;
    this.#labels = new LabelsPainter(plan, this.#states);
    const isSameFloor = this.#floor === floor;
    this.#floor = floor;
    this.#mark();
    const boxes = isFirst || !isSameFloor ? undefined : changedBoxes(before.document, compiled.document);
    const isBeyond = !isBox(this.#sheet) || !contains(this.#sheet, plan.bounds);
    const isOtherScale = !isFirst && Math.abs(before.plan.pitch / plan.pitch - 1) > 0.01;
    if (isBeyond) this.#newSheet();
    else if (boxes === undefined || isOtherScale) this.#tiles?.invalidateAll();
    else for (const box of boxes) this.#invalidate(box);
    if (isFirst) this.showWhole(true);
    this.#isAfterStep = true;
    this.#redraw();
  }

  setSelection(selection: Selection): void {
    if (selection === this.#selection) return;
    const before = this.#selectionBox;
    this.#selection = selection;
    this.#mark();
    this.#invalidate(before);
    this.#invalidate(this.#selectionBox);
    this.#redraw();
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    if (this.#painter !== undefined) this.#painter.palette = palette;
    this.#tiles?.invalidateAll();
    this.#redraw();
  }

  reduceMotion(isReduced: boolean): void {
    this.motion.isReduced = isReduced;
  }

  setTrace(trace: Trace | undefined): void {
    this.#trace = trace;
    this.#redraw();
  }

  /** 0: no grid is shown. */
  setGridStep(step: number): void {
    this.#gridStep = step;
    this.#redraw();
  }

  show(preview: Preview | undefined): void {
    this.#preview = preview;
    this.#redraw();
  }

  /** Shows the selection moved by so much; undefined: it is where it is. */
  drag(by: Point | undefined): void {
    if (by !== undefined && this.#by === undefined) this.#lift();
    if (by === undefined && this.#by !== undefined) this.#land();
    this.#by = by ?? (this.#isLanding ? this.#by : undefined);
    this.#redraw();
  }

  resize(size: Size, ratio: number): void {
    if (size.width === this.#size.width && size.height === this.#size.height && ratio === this.#ratio) return;
    const isFirst = this.#size.width === 0;
    this.#size = size;
    this.#ratio = ratio;
    if (this.#painter !== undefined) this.#painter.pixelRatio = ratio;
    const { canvas } = this.#options;
    [canvas.width, canvas.height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    this.#tiles?.invalidateAll();
    this.#setBase();
    if (isFirst) this.showWhole(true);
    this.#draw(performance.now());
    this.#redraw();
  }

  planAt(point: Point): Point {
    return toPlan(this.#camera, this.#size, point);
  }

  screenAt(point: Point): Point {
    return toScreen(this.#camera, this.#size, point);
  }

  panBy(dx: number, dy: number): void {
    this.#isAfterStep = false;
    this.motion.stop();
    this.#look(panBy(this.#camera, dx, dy));
  }

  zoomAt(at: Point, factor: number): void {
    this.motion.stop();
    this.#look(zoomAt(this.#camera, this.#size, at, factor, this.#limits));
  }

  wheel(at: Point, factor: number): void {
    this.motion.wheel(at, factor);
    this.#redraw();
  }

  zoomStep(direction: 1 | -1): void {
    const middle = { x: this.#size.width / 2, y: this.#size.height / 2 };
    const from = this.motion.destination(this.#camera);
    this.#flyTo(zoomAt(from, this.#size, middle, 1.5 ** direction, this.#limits));
  }

  showWhole(isAtOnce = false): void {
    if (this.#compiled === undefined || this.#size.width === 0) return;
    const { bounds, pitch } = this.#compiled.plan;
    const camera = fitBox(bounds, this.#size, fitPadding, detailPixels.whole / pitch);
    this.#limits = { min: camera.scale * 0.3, max: Math.max(most, camera.scale) };
    if (isAtOnce) this.#look(camera);
    else this.#flyTo(camera);
  }

  /** Near enough to see what is wrong with it. */
  showBox(box: Box): void {
    if (!isBox(box)) return;
    const pitch = this.#compiled?.plan.pitch ?? 25;
    this.#flyTo(fitBox(box, this.#size, selectionPadding, detailPixels.mouse / pitch));
  }

  showsBox(box: Box): boolean {
    const [from, to] = [this.screenAt({ x: box.left, y: box.top }), this.screenAt({ x: box.right, y: box.bottom })];
    return from.x >= 0 && from.y >= 0 && to.x <= this.#size.width && to.y <= this.#size.height;
  }

  #stateOf(seat: number, floor: string | undefined): number {
    if (floor === undefined || this.#compiled === undefined) return SeatState.available;
    const owner = this.#compiled.rows[this.#compiled.plan.rowOf[seat] ?? -1];
    return owner?.zone.floor === floor ? SeatState.available : SeatState.unknown;
  }

  #mark(): void {
    if (this.#compiled === undefined) return;
    const { ordinals, document, plan } = this.#compiled;
    this.#isSelected = new Uint8Array(plan.seatCount);
    for (const key of this.#selection.seats) {
      const seat = ordinals.get(key);
      if (seat !== undefined) this.#isSelected[seat] = 1;
    }
    this.#selectionBox = boxOfSelection(document, this.#selection);
  }

  readonly #paint: TilePainter = (context, box, scale, part) => {
    if (this.#painter === undefined || this.#compiled === undefined || this.#grid === undefined) return false;
    const isPainted = this.#painter.paint(context, box, scale, part);
    if (!isPainted) return false;
    const scene = { compiled: this.#compiled, grid: this.#grid, isSelected: this.#isSelected };
    paintSelection(context, scene, this.#palette, this.#ratio, box, scale, part);
    return true;
  };

  #newSheet(): void {
    const { left, top, right, bottom } = this.#compiled?.plan.bounds ?? { left: 0, top: 0, right: 1, bottom: 1 };
    const dx = Math.max((right - left) * sheetMargin, leastMargin);
    const dy = Math.max((bottom - top) * sheetMargin, leastMargin);
    this.#sheet = { left: left - dx, top: top - dy, right: right + dx, bottom: bottom + dy };
    this.#tiles?.dispose();
    this.#tiles = new TileLayer(this.#sheet, this.#paint);
    this.#setBase();
  }

  #setBase(): void {
    if (!isBox(this.#sheet) || this.#size.width === 0) return;
    this.#tiles?.setBase(fitBox(this.#sheet, this.#size, 0).scale * this.#ratio);
  }

  #invalidate(box: Box): void {
    if (!isBox(box)) return;
    const reach = (this.#painter?.reach ?? 0) + 30;
    this.#tiles?.invalidate({
      left: box.left - reach,
      top: box.top - reach,
      right: box.right + reach,
      bottom: box.bottom + reach,
    });
  }

  /** What is dragged becomes one picture; where it was it stays, pale. */
  #lift(): void {
    if (this.#compiled === undefined || this.#grid === undefined || !isBox(this.#selectionBox)) return;
    const scene = { compiled: this.#compiled, grid: this.#grid, isSelected: this.#isSelected };
    const view = { camera: this.#camera, size: this.#size, ratio: this.#ratio };
    const ghost = lift(scene, view, this.#palette, this.#selectionBox);
    if (ghost === undefined) return;
    this.#ghost = ghost;
    const seats = [...this.#selection.seats].map((key) => this.#compiled?.ordinals.get(key) ?? -1);
    this.#states?.update(
      () => SeatState.unknown,
      seats.filter((seat) => seat >= 0),
    );
    this.#isLanding = false;
    this.#invalidate(this.#selectionBox);
  }

  #land(): void {
    this.#states?.update((seat) => this.#stateOf(seat, this.#floor));
    this.#invalidate(this.#selectionBox);
    this.#isLanding = this.#ghost !== undefined;
  }

  #flyTo(to: Camera): void {
    this.#look(this.motion.flyTo(this.#camera, to));
  }

  #look(camera: Camera): void {
    const scale = clamp(camera.scale, this.#limits.min, this.#limits.max);
    const { left, top, right, bottom } = this.#sheet;
    // The sheet never leaves the view.
    const x = isBox(this.#sheet) ? clamp(camera.x, left, right) : camera.x;
    const y = isBox(this.#sheet) ? clamp(camera.y, top, bottom) : camera.y;
    this.#camera = { x, y, scale };
    this.#redraw();
  }

  #redraw(): void {
    if (this.#frame === 0 && this.#size.width > 0) this.#frame = requestAnimationFrame(this.#tick);
  }

  readonly #tick = (now: number): void => {
    this.#frame = 0;
    if (this.motion.isMoving) this.#look(this.motion.step(this.#camera, this.#size, this.#limits, now));
    if (this.#draw(now) && this.#frame === 0) this.#frame = requestAnimationFrame(this.#tick);
  };

  /** Answers whether there is more to draw in the next frame. */
  #draw(now: number): boolean {
    const context = this.#options.canvas.getContext("2d");
    const [tiles, compiled] = [this.#tiles, this.#compiled];
    if (context === null || this.#size.width === 0 || tiles === undefined || compiled === undefined) return false;
    const camera = this.#camera;
    const started = performance.now();
    const mostMs = this.#isAfterStep && !this.motion.isMoving ? tileWorkMs.afterStep : tileWorkMs.moving;
    const hasMore = tiles.work(camera, this.#size, this.#ratio, now, () => performance.now() - started > mostMs);
    if (!hasMore) this.#isAfterStep = false;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = toCss(this.#palette.paper);
    context.fillRect(0, 0, this.#options.canvas.width, this.#options.canvas.height);
    const view = { camera, size: this.#size, ratio: this.#ratio };
    if (this.#trace !== undefined) paintTrace(context, view, this.#trace);
    if (this.#gridStep !== 0) paintGrid(context, view, this.#palette, this.#gridStep);
    tiles.draw(context, camera, this.#size, this.#ratio);
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    this.#labels?.paint(context, camera, this.#size, this.#palette, undefined, () => "");
    if (this.#ghost !== undefined && this.#by !== undefined) paintLifted(context, view, this.#ghost, this.#by);
    const hasLanded = this.#isLanding && !hasMore;
    if (hasLanded) {
      this.#isLanding = false;
      this.#ghost = this.#by = undefined;
    }
    this.#overlay.paint(context, camera, this.#size, this.#palette, {
      compiled,
      selection: this.#selection,
      box: this.#selectionBox,
      hasHandle: this.#preview === undefined,
      preview: this.#preview,
      by: this.#isLanding ? undefined : this.#by,
      focalPoint: compiled.plan.focalPoint,
      isFocusGiven: compiled.document.focalPoint !== undefined,
    });
    this.#options.onMove(camera);
    return hasMore || hasLanded || this.motion.isMoving;
  }
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom
  );
}
