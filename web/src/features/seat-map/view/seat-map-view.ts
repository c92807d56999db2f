import type { TierFilter } from "@/lib/seat-picker";
import {
  canPanDown,
  clamp,
  fitBox,
  keepInside,
  panBy,
  toPlan,
  visibleBox,
  zoomAt,
  type Box,
  type Camera,
  type Point,
  type Size,
  type ZoomLimits,
} from "../model/camera";
import { detailAt, detailPixels, scaleForPitch, tapChooses } from "../model/level-of-detail";
import { isInside } from "../model/outline";
import { boundsOfSeats, sectionOfSeat, type Plan } from "../model/plan";
import { SeatGrid } from "../model/seat-grid";
import { SeatStates } from "../model/seat-states";
import { toCss } from "@/ui/colours";
import { EdgeNamesPainter } from "../render/edge-names-painter";
import { LabelsPainter } from "../render/labels-painter";
import { MarksPainter, type Marks } from "../render/marks-painter";
import { MinimapPainter } from "../render/minimap-painter";
import type { Palette } from "../render/palette";
import { PlanPainter } from "../render/plan-painter";
import { TileLayer } from "../render/tile-layer";
import { Motion } from "./motion";

/** Room for the name behind the last row, too. */
const fitPadding = 24;
const keyZoom = 1.6;
const keyPanPixels = 90;
/** Of a frame's 16.7 ms the drawing of tiles may take so much; the rest is for copying them and for the page. */
const tileWorkMs = 5;

/** What lies under a point of the view. */
export type Target =
  | { kind: "seat"; seat: number }
  | { kind: "section"; section: number }
  | { kind: "standing"; tier: number }
  | undefined;

export interface SeatMapViewOptions {
  canvas: HTMLCanvasElement;
  plan: Plan;
  palette: Palette;
  /** What is written beneath a section's name. */
  captionOf: (section: number) => string;
  /** After frames in which what is seen has moved. */
  onMove: (seen: Seen) => void;
}

/** What is seen of the plan, as far as its surroundings need to know. */
export interface Seen {
  canZoomIn: boolean;
  canZoomOut: boolean;
  isWhole: boolean;
  /** If not, a finger that goes up or down moves the page. */
  canPanDown: boolean;
  /** The section in the middle of the view, where single seats are seen; −1: none. */
  section: number;
}

/** Draws the map and moves over it. Knows nothing of React; draws only when something has changed. */
export class SeatMapView {
  readonly plan: Plan;
  readonly states: SeatStates;
  readonly motion = new Motion();
  readonly #options: SeatMapViewOptions;
  readonly #grid: SeatGrid;
  readonly #painter: PlanPainter;
  readonly #tiles: TileLayer;
  readonly #labels: LabelsPainter;
  readonly #edgeNames: EdgeNamesPainter;
  readonly #marks: MarksPainter;
  #minimap: MinimapPainter | undefined;
  #isMinimapStale = true;
  #size: Size = { width: 0, height: 0 };
  #ratio = 1;
  #controlsPixels = 0;
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #drawnCamera: Camera | undefined;
  #limits: ZoomLimits = { min: 0.01, max: 10 };
  #frame = 0;
  marks: Marks = {
    chosen: new Set(),
    orphans: [],
    suggested: [],
    preview: [],
    lost: new Map(),
    hoveredSection: -1,
  };

  constructor(options: SeatMapViewOptions) {
    const { plan, palette } = options;
    this.#options = options;
    this.plan = plan;
    this.#grid = new SeatGrid(plan);
    this.states = new SeatStates(plan);
    this.#painter = new PlanPainter(plan, this.#grid, this.states, palette);
    const { left, top, right, bottom } = plan.bounds;
    const reach = this.#painter.reach;
    const drawn = { left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach };
    this.#tiles = new TileLayer(drawn, this.#painter.paint);
    this.#labels = new LabelsPainter(plan, this.states);
    this.#edgeNames = new EdgeNamesPainter(plan, this.#grid, this.#painter.rowNames);
    this.#marks = new MarksPainter(plan);
  }

  get camera(): Camera {
    return this.#camera;
  }

  get size(): Size {
    return this.#size;
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#tiles.dispose();
  }

  /** Takes over the feed's states; answers the seats that changed. */
  updateStates(stateOf: (seat: number) => number, candidates?: readonly number[]): number[] {
    const before = this.plan.sections.map((_, section) => this.#painter.fillStep(section));
    const changed = this.states.update(stateOf, candidates);
    if (changed.length > this.plan.seatCount / 4) this.#tiles.invalidateAll();
    else {
      for (const seat of changed) this.#tiles.invalidate(boundsOfSeats(this.plan, [seat]));
      this.plan.sections.forEach(({ bounds }, section) => {
        // Where seats are drawn the ground stays as it is; only maps of sections change as a whole.
        if (this.#painter.fillStep(section) !== before[section]) this.#tiles.invalidate(bounds, this.#showsSections);
      });
    }
    if (changed.length > 0) this.#redraw();
    return changed;
  }

  readonly #showsSections = (scale: number): boolean => !detailAt(this.plan, scale / this.#ratio).hasSeats;

  setMarks(marks: Partial<Marks>): void {
    this.marks = { ...this.marks, ...marks };
    this.#redraw();
  }

  setFilter(tiers: TierFilter): void {
    if (this.#painter.filter === tiers) return;
    this.#painter.filter = tiers;
    this.#tiles.invalidateAll();
    this.#redraw();
  }

  /** Only these seats are shown as free: 1 by ordinal. */
  showOnly(mask: Uint8Array | undefined): void {
    this.states.lookAt(mask);
    this.#tiles.invalidateAll();
    this.#redraw();
  }

  setPalette(palette: Palette): void {
    this.#painter.palette = palette;
    this.#tiles.invalidateAll();
    this.#redraw();
  }

  reduceMotion(isReduced: boolean): void {
    this.motion.isReduced = isReduced;
  }

  setMinimap(canvas: HTMLCanvasElement | undefined): void {
    this.#minimap = canvas && new MinimapPainter(this.plan, canvas);
    this.#redraw();
  }

  resize(size: Size, ratio: number, controlsPixels: number): void {
    const isSame = size.width === this.#size.width && size.height === this.#size.height && ratio === this.#ratio;
    if (isSame && controlsPixels === this.#controlsPixels) return;
    const wasWhole = this.#size.width === 0 || this.#isWhole();
    const { canvas } = this.#options;
    this.#size = size;
    this.#ratio = ratio;
    this.#controlsPixels = controlsPixels;
    this.#painter.pixelRatio = ratio;
    [canvas.width, canvas.height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    const whole = this.#whole();
    const max = Math.max(scaleForPitch(this.plan, detailPixels.most), whole.scale);
    this.#limits = { min: whole.scale, max };
    this.#tiles.setBase(whole.scale * ratio);
    this.#camera = this.#inside(wasWhole ? whole : this.#camera);
    this.#drawnCamera = undefined;
    // At once: a canvas that is resized is empty, and would flash.
    this.#draw(performance.now());
    this.#redraw();
  }

  /** By hand: what moved by itself stops. */
  panBy(dx: number, dy: number): void {
    this.motion.stop();
    this.#look(panBy(this.#camera, dx, dy));
  }

  zoomAt(at: Point, factor: number): void {
    this.motion.stop();
    this.#look(zoomAt(this.#camera, this.#size, at, factor, this.#limits));
  }

  /** Answers whether there is anything to zoom: at the limits the wheel is the page's. */
  wheel(at: Point, factor: number): boolean {
    const { scale } = this.motion.destination(this.#camera);
    const isAtLimit = factor < 1 ? scale <= this.#limits.min * 1.001 : scale >= this.#limits.max * 0.999;
    if (isAtLimit && !this.motion.isMoving) return false;
    this.motion.wheel(at, factor);
    this.#redraw();
    return true;
  }

  fling(vx: number, vy: number): void {
    this.motion.fling(vx, vy);
    this.#redraw();
  }

  zoomStep(direction: 1 | -1): void {
    const from = this.motion.destination(this.#camera);
    const middle = { x: this.#size.width / 2, y: this.#size.height / 2 };
    this.#flyTo(zoomAt(from, this.#size, middle, keyZoom ** direction, this.#limits));
  }

  panStep(dx: number, dy: number): void {
    this.#flyTo(panBy(this.motion.destination(this.#camera), -dx * keyPanPixels, -dy * keyPanPixels));
  }

  showWhole(): void {
    this.#flyTo(this.#whole());
  }

  /** Nearer, to where a finger or a mouse finds a seat. */
  zoomToSeats(at: Point, isTouch: boolean): void {
    const scale = scaleForPitch(this.plan, isTouch ? detailPixels.touch : detailPixels.mouse);
    const tapped = toPlan(this.#camera, this.#size, at);
    // A finger's width from far away is a gangway from near: go to the nearest seat, not to the point.
    const seat = this.#grid.nearest(tapped.x, tapped.y, Math.max(this.plan.pitch * 6, 24 / this.#camera.scale));
    const point = seat < 0 ? tapped : { x: this.plan.x[seat] as number, y: this.plan.y[seat] as number };
    this.#flyTo({ ...point, scale: Math.max(scale, this.#camera.scale) });
  }

  /** A step nearer around a point that stays where it is. */
  zoomInAt(at: Point): void {
    this.#flyTo(zoomAt(this.#camera, this.#size, at, 2.2, this.#limits));
  }

  showSection(section: number): void {
    const box = this.plan.sections[section]?.bounds;
    if (box !== undefined) this.#flyTo(fitBox(box, this.#size, 36, scaleForPitch(this.plan, detailPixels.mouse)));
  }

  showSeats(seats: Iterable<number>): void {
    const box = boundsOfSeats(this.plan, seats);
    if (Number.isFinite(box.left)) {
      this.#flyTo(fitBox(box, this.#size, 80, scaleForPitch(this.plan, detailPixels.touch)));
    }
  }

  /** Minimap: looks at a point of the plan. */
  lookAt(at: Point): void {
    this.motion.stop();
    this.#look({ ...this.#camera, ...at });
  }

  pointOfMinimap(at: Point): Point | undefined {
    return this.#minimap?.pointAt(at);
  }

  /** Whether single seats can be told apart. */
  get seesSeats(): boolean {
    return detailAt(this.plan, this.#camera.scale).hasGlyphs;
  }

  /** Whether every seat is in view. */
  seesAll(seats: Iterable<number>): boolean {
    const seen = visibleBox(this.#camera, this.#size);
    const box: Box = boundsOfSeats(this.plan, seats);
    return box.left >= seen.left && box.right <= seen.right && box.top >= seen.top && box.bottom <= seen.bottom;
  }

  targetAt(at: Point, isTouch: boolean): Target {
    const point = toPlan(this.#camera, this.#size, at);
    const { plan } = this;
    if (tapChooses(plan, this.#camera.scale, isTouch)) {
      const seat = this.#grid.nearest(point.x, point.y, plan.pitch * 0.75);
      if (seat >= 0) return { kind: "seat", seat };
    } else {
      const section = this.#sectionAt(point);
      if (section >= 0) return { kind: "section", section };
    }
    const area = plan.areas.findLast(({ outline }) => isInside(outline, point.x, point.y));
    return area?.kind === "standing" && area.tier !== undefined ? { kind: "standing", tier: area.tier } : undefined;
  }

  #sectionAt(point: Point): number {
    const near = this.#grid.nearest(point.x, point.y, Math.max(this.plan.pitch, 8 / this.#camera.scale));
    if (near >= 0) return sectionOfSeat(this.plan, near);
    return this.plan.sections.findIndex(({ outline }) => isInside(outline, point.x, point.y));
  }

  #whole(): Camera {
    const { width, height } = this.#size;
    const free = { width, height: height - this.#controlsPixels };
    const camera = fitBox(this.plan.bounds, free, fitPadding, scaleForPitch(this.plan, detailPixels.whole));
    return { ...camera, y: camera.y + this.#controlsPixels / 2 / camera.scale };
  }

  #inside(camera: Camera): Camera {
    return keepInside(camera, this.#size, this.#boundsAt(camera.scale), this.#limits);
  }

  /** The plan with the room for the buttons below it. */
  #boundsAt(scale: number): Box {
    const { bounds } = this.plan;
    const room = this.#controlsPixels / clamp(scale, this.#limits.min, this.#limits.max);
    return { ...bounds, bottom: bounds.bottom + room };
  }

  #isWhole(): boolean {
    return Math.abs(this.#camera.scale / this.#whole().scale - 1) < 0.02;
  }

  #flyTo(to: Camera): void {
    this.#look(this.motion.flyTo(this.#camera, this.#inside(to)));
  }

  #look(camera: Camera): void {
    this.#camera = this.#inside(camera);
    this.#redraw();
  }

  #redraw(): void {
    this.#isMinimapStale = true;
    if (this.#frame === 0 && this.#size.width > 0) this.#frame = requestAnimationFrame(this.#tick);
  }

  readonly #tick = (now: number): void => {
    this.#frame = 0;
    if (this.motion.isMoving) {
      this.#look(this.motion.step(this.#camera, this.#size, this.#limits, now));
    }
    if (this.#draw(now) && this.#frame === 0) this.#frame = requestAnimationFrame(this.#tick);
  };

  /** Answers whether there is more to draw in the next frame. */
  #draw(now: number): boolean {
    const context = this.#options.canvas.getContext("2d");
    if (context === null || this.#size.width === 0) return false;
    const camera = this.#camera;
    const { palette, filter } = this.#painter;
    const started = performance.now();
    const hasMore = this.#tiles.work(
      camera,
      this.#size,
      this.#ratio,
      now,
      () => performance.now() - started > tileWorkMs,
    );
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = toCss(palette.paper);
    context.fillRect(0, 0, this.#options.canvas.width, this.#options.canvas.height);
    this.#tiles.draw(context, camera, this.#size, this.#ratio);
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    this.#labels.paint(context, camera, this.#size, palette, filter, this.#options.captionOf);
    this.#edgeNames.paint(context, camera, this.#size, palette);
    const isMoving = this.#marks.paint(context, camera, this.#size, palette, this.marks, now, this.motion.isReduced);
    if (this.#isMinimapStale) {
      this.#minimap?.paint(this.#tiles, camera, this.#size, palette, this.marks.chosen, this.#ratio);
      this.#isMinimapStale = hasMore;
    }
    if (this.#drawnCamera !== camera) this.#tellMove();
    this.#drawnCamera = camera;
    return hasMore || isMoving || this.motion.isMoving;
  }

  #tellMove(): void {
    const { scale } = this.#camera;
    this.#options.onMove({
      canZoomIn: scale < this.#limits.max * 0.999,
      canZoomOut: scale > this.#limits.min * 1.001,
      isWhole: clamp(scale / this.#whole().scale, 0, 1.02) < 1.02,
      canPanDown: canPanDown(this.#camera, this.#size, this.#boundsAt(scale)),
      section: detailAt(this.plan, scale).hasGlyphs ? this.#sectionAt(this.#camera) : -1,
    });
  }
}
