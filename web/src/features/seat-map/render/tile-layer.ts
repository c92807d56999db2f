import type { Box, Camera, Size } from "../model/camera";

/** Device pixels along a tile's side: small enough that drawing one fits into a frame many times. */
export const tilePixels = 256;
const columnsInKey = 1 << 16;
/** A quarter of a megabyte each. */
const maxTiles = 220;
/** The view is drawn anew at its own scale once it rests, or when it has become too coarse meanwhile. */
const restMs = 90;
const coarseFactor = 1.7;
/** Tiles around the view that are drawn before they are seen. */
const ringTiles = 1;

/** A tile with more changes than this is drawn as a whole: that is quicker then. */
const maxPatches = 24;
/** Soft edges reach so far into the next pixel. */
const softPixels = 2;

/**
 * Draws what lies in a box of the plan, its left top corner at the origin, or only what touches a part of it; false:
 * nothing is there.
 */
export type TilePainter = (context: OffscreenCanvasRenderingContext2D, box: Box, scale: number, part: Box) => boolean;

interface Tile {
  /** Undefined where the plan is empty. */
  image: ImageBitmap | undefined;
  /** Boxes of the plan that have changed since; undefined: everything has. */
  stale: Box[] | undefined;
  usedAt: number;
}

/** All tiles of one scale. */
interface Generation {
  scale: number;
  tiles: Map<number, Tile>;
}

interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * The plan as images that are drawn once and moved often. Panning only copies them; a change makes only the tiles under
 * it dirty; drawing is spread over frames by a deadline, and until it is done what was there before stays.
 */
export class TileLayer {
  readonly #paint: TilePainter;
  readonly #bounds: Box;
  readonly #scratch = new OffscreenCanvas(tilePixels, tilePixels);
  /** What is shown, what will be, and the whole plan small, which is never given up. */
  #front: Generation | undefined;
  #back: Generation | undefined;
  #base: Generation | undefined;
  #lastScale = 0;
  #scaleChangedAt = 0;
  #clock = 0;

  constructor(bounds: Box, paint: TilePainter) {
    this.#bounds = bounds;
    this.#paint = paint;
  }

  /** The scale, in device pixels, at which the whole plan is seen. */
  setBase(scale: number): void {
    if (this.#base?.scale === scale) return;
    if (this.#base !== undefined && this.#base !== this.#front) dispose(this.#base);
    this.#base = { scale, tiles: new Map() };
  }

  /** Everything must be drawn again; until then the old is shown. */
  invalidateAll(): void {
    for (const generation of this.#generations()) for (const tile of generation.tiles.values()) tile.stale = undefined;
  }

  /** Makes the tiles that a box of the plan touches dirty, at some scales or all; answers how many. */
  invalidate(box: Box, concerns: (scale: number) => boolean = () => true): number {
    let count = 0;
    for (const generation of this.#generations()) {
      if (!concerns(generation.scale)) continue;
      const window = this.#windowOf(box, generation.scale, 0);
      for (let row = window.top; row <= window.bottom; row++) {
        for (let column = window.left; column <= window.right; column++) {
          const tile = generation.tiles.get(row * columnsInKey + column);
          if (tile?.stale === undefined) continue;
          if (tile.stale.length < maxPatches) tile.stale.push(box);
          else tile.stale = undefined;
          count += 1;
        }
      }
    }
    return count;
  }

  /** Draws missing and dirty tiles until the deadline, at least one; answers whether there is more to do. */
  work(camera: Camera, view: Size, pixelRatio: number, now: number, deadline: () => boolean): boolean {
    const scale = camera.scale * pixelRatio;
    const seen = boxOf(camera, view);
    this.#clock += 1;
    if (scale !== this.#lastScale) [this.#lastScale, this.#scaleChangedAt] = [scale, now];
    this.#front ??= { scale, tiles: new Map() };
    const factor = scale / this.#front.scale;
    const isResting = now - this.#scaleChangedAt >= restMs;
    const isCoarse = factor > coarseFactor || factor < 1 / coarseFactor;
    if (
      factor !== 1 &&
      (isResting || isCoarse) &&
      (this.#back === undefined || (isResting && this.#back.scale !== scale))
    ) {
      if (this.#back !== undefined && this.#back !== this.#base) dispose(this.#back);
      this.#back = this.#base?.scale === scale ? this.#base : { scale, tiles: new Map() };
    }
    if (this.#back !== undefined && factor === 1 && this.#back !== this.#front) this.#back = undefined;
    const target = this.#back ?? this.#front;
    if (!this.#complete(target, seen, 0, deadline)) return true;
    if (this.#back !== undefined) {
      if (this.#front !== this.#base) dispose(this.#front);
      this.#front = this.#back;
      this.#back = undefined;
    }
    const hasBase = this.#base === undefined || this.#complete(this.#base, this.#bounds, 0, deadline);
    const isDone = hasBase && this.#complete(this.#front, seen, ringTiles, deadline);
    this.#evict();
    return !isDone || this.#front.scale !== scale;
  }

  /** Copies what there is to the view; under missing tiles the whole plan shows through, coarse. */
  draw(context: CanvasRenderingContext2D, camera: Camera, view: Size, pixelRatio: number): void {
    const front = this.#front;
    if (front === undefined) return;
    const seen = boxOf(camera, view);
    const isWhole = this.#isWhole(front, seen);
    if (!isWhole && this.#base !== undefined && this.#base !== front)
      this.#copy(context, this.#base, camera, view, pixelRatio);
    this.#copy(context, front, camera, view, pixelRatio);
  }

  /** The whole plan, for the minimap. */
  drawBase(context: CanvasRenderingContext2D, camera: Camera, view: Size, pixelRatio: number): void {
    if (this.#base !== undefined) this.#copy(context, this.#base, camera, view, pixelRatio);
  }

  #copy(
    context: CanvasRenderingContext2D,
    generation: Generation,
    camera: Camera,
    view: Size,
    pixelRatio: number,
  ): void {
    const scale = camera.scale * pixelRatio;
    const factor = scale / generation.scale;
    const x = (this.#bounds.left - camera.x) * scale + (view.width * pixelRatio) / 2;
    const y = (this.#bounds.top - camera.y) * scale + (view.height * pixelRatio) / 2;
    // At their own scale whole pixels: a plain copy, and sharp.
    const [left, top] = factor === 1 ? [Math.round(x), Math.round(y)] : [x, y];
    const window = this.#windowOf(boxOf(camera, view), generation.scale, 0);
    for (let row = window.top; row <= window.bottom; row++) {
      for (let column = window.left; column <= window.right; column++) {
        const tile = generation.tiles.get(row * columnsInKey + column);
        if (tile === undefined) continue;
        tile.usedAt = this.#clock;
        if (tile.image === undefined) continue;
        if (factor === 1) context.drawImage(tile.image, left + column * tilePixels, top + row * tilePixels);
        else {
          const from = [Math.round(left + column * tilePixels * factor), Math.round(top + row * tilePixels * factor)];
          const to = [
            Math.round(left + (column + 1) * tilePixels * factor),
            Math.round(top + (row + 1) * tilePixels * factor),
          ];
          const [fromX = 0, fromY = 0] = from;
          const [toX = 0, toY = 0] = to;
          context.drawImage(tile.image, fromX, fromY, toX - fromX, toY - fromY);
        }
      }
    }
  }

  /** Whether everything in the box is drawn and up to date, having drawn what the deadline allowed. */
  #complete(generation: Generation, seen: Box, ring: number, deadline: () => boolean): boolean {
    const window = this.#windowOf(seen, generation.scale, ring);
    for (let row = window.top; row <= window.bottom; row++) {
      for (let column = window.left; column <= window.right; column++) {
        const key = row * columnsInKey + column;
        const tile = generation.tiles.get(key);
        if (tile?.stale?.length === 0) {
          tile.usedAt = this.#clock;
          continue;
        }
        if (deadline()) return false;
        const image = this.#render(column, row, generation.scale, tile);
        tile?.image?.close();
        generation.tiles.set(key, { image, stale: [], usedAt: this.#clock });
      }
    }
    return true;
  }

  #isWhole(generation: Generation, seen: Box): boolean {
    const window = this.#windowOf(seen, generation.scale, 0);
    for (let row = window.top; row <= window.bottom; row++) {
      for (let column = window.left; column <= window.right; column++) {
        if (!generation.tiles.has(row * columnsInKey + column)) return false;
      }
    }
    return true;
  }

  #render(column: number, row: number, scale: number, old: Tile | undefined): ImageBitmap | undefined {
    const context = this.#scratch.getContext("2d");
    if (context === null) return undefined;
    const side = tilePixels / scale;
    const left = this.#bounds.left + column * side;
    const top = this.#bounds.top + row * side;
    const box = { left, top, right: left + side, bottom: top + side };
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, tilePixels, tilePixels);
    if (old?.image === undefined || old.stale === undefined) {
      return this.#paint(context, box, scale, box) ? this.#scratch.transferToImageBitmap() : undefined;
    }
    context.drawImage(old.image, 0, 0);
    for (const part of old.stale) this.#patch(context, box, scale, part);
    return this.#scratch.transferToImageBitmap();
  }

  /** Draws a part again and leaves the rest as it is. */
  #patch(context: OffscreenCanvasRenderingContext2D, box: Box, scale: number, part: Box): void {
    const x = Math.floor((part.left - box.left) * scale) - softPixels;
    const y = Math.floor((part.top - box.top) * scale) - softPixels;
    const width = Math.ceil((part.right - part.left) * scale) + 2 * softPixels + 1;
    const height = Math.ceil((part.bottom - part.top) * scale) + 2 * softPixels + 1;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.clearRect(x, y, width, height);
    this.#paint(context, box, scale, {
      left: box.left + x / scale,
      top: box.top + y / scale,
      right: box.left + (x + width) / scale,
      bottom: box.top + (y + height) / scale,
    });
    context.restore();
  }

  /** The tiles that a box touches, within the plan. */
  #windowOf(box: Box, scale: number, ring: number): Window {
    const side = tilePixels / scale;
    const last = (from: number, to: number): number => Math.max(0, Math.ceil((to - from) / side) - 1);
    const limit = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
    const columns = last(this.#bounds.left, this.#bounds.right);
    const rows = last(this.#bounds.top, this.#bounds.bottom);
    return {
      left: limit(Math.floor((box.left - this.#bounds.left) / side) - ring, columns),
      top: limit(Math.floor((box.top - this.#bounds.top) / side) - ring, rows),
      right: limit(Math.floor((box.right - this.#bounds.left) / side) + ring, columns),
      bottom: limit(Math.floor((box.bottom - this.#bounds.top) / side) + ring, rows),
    };
  }

  #evict(): void {
    const front = this.#front;
    if (front === undefined || front === this.#base || front.tiles.size <= maxTiles) return;
    const oldest = [...front.tiles].sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key, tile] of oldest.slice(0, front.tiles.size - maxTiles)) {
      if (tile.usedAt === this.#clock) break;
      tile.image?.close();
      front.tiles.delete(key);
    }
  }

  #generations(): Set<Generation> {
    return new Set([this.#front, this.#back, this.#base].filter((generation) => generation !== undefined));
  }

  dispose(): void {
    for (const generation of this.#generations()) dispose(generation);
    this.#front = this.#back = this.#base = undefined;
  }
}

function dispose(generation: Generation): void {
  for (const tile of generation.tiles.values()) tile.image?.close();
  generation.tiles.clear();
}

function boxOf(camera: Camera, view: Size): Box {
  const [x, y] = [view.width / 2 / camera.scale, view.height / 2 / camera.scale];
  return { left: camera.x - x, top: camera.y - y, right: camera.x + x, bottom: camera.y + y };
}
