import type { Point } from "../model/camera";

/** A finger trembles, a mouse less. */
const tapSlopPixels = { touch: 10, mouse: 4 };
const tapMs = 500;
const doubleTapMs = 300;
const doubleTapPixels = 32;
/** The speed at the end of a drag is that of its last moments. */
const flingWindowMs = 90;
const flingMinPixelsPerMs = 0.15;

export interface GestureHandler {
  onGrab(): void;
  onPan(dx: number, dy: number): void;
  onZoom(at: Point, factor: number): void;
  /** Pixels per millisecond. */
  onFling(vx: number, vy: number): void;
  /** Answers whether it did something; two in a row that did nothing are a double tap. */
  onTap(at: Point, isTouch: boolean): boolean;
  onDoubleTap(at: Point): void;
}

interface Contact extends Point {
  startX: number;
  startY: number;
  startedAt: number;
  isTouch: boolean;
}

/** Makes of pointers that come, move and go: taps, drags, flings and pinches. Knows no DOM, so that it can be tested. */
export class Gestures {
  readonly #handler: GestureHandler;
  readonly #contacts = new Map<number, Contact>();
  #isDragging = false;
  #trail: { x: number; y: number; at: number }[] = [];
  #lastTap: (Point & { at: number }) | undefined;

  constructor(handler: GestureHandler) {
    this.#handler = handler;
  }

  get isActive(): boolean {
    return this.#contacts.size > 0;
  }

  get isDragging(): boolean {
    return this.#isDragging;
  }

  down(id: number, at: Point, now: number, isTouch: boolean): void {
    this.#handler.onGrab();
    this.#contacts.set(id, { ...at, startX: at.x, startY: at.y, startedAt: now, isTouch });
    this.#trail = [{ ...at, at: now }];
    // A second finger makes it a pinch, whatever the first one was about to be.
    if (this.#contacts.size > 1) this.#isDragging = true;
  }

  move(id: number, at: Point, now: number): void {
    const contact = this.#contacts.get(id);
    if (contact === undefined) return;
    const before = this.#middle();
    const spreadBefore = this.#spread();
    const [dx, dy] = [at.x - contact.x, at.y - contact.y];
    [contact.x, contact.y] = [at.x, at.y];
    const slop = contact.isTouch ? tapSlopPixels.touch : tapSlopPixels.mouse;
    if (!this.#isDragging) {
      if (Math.hypot(at.x - contact.startX, at.y - contact.startY) <= slop) return;
      this.#isDragging = true;
      this.#handler.onPan(at.x - contact.startX, at.y - contact.startY);
    } else if (this.#contacts.size === 1) this.#handler.onPan(dx, dy);
    else {
      const middle = this.#middle();
      this.#handler.onPan(middle.x - before.x, middle.y - before.y);
      if (spreadBefore > 0) this.#handler.onZoom(middle, this.#spread() / spreadBefore);
    }
    this.#trail.push({ ...at, at: now });
    while (this.#trail.length > 2 && now - (this.#trail[0]?.at ?? now) > flingWindowMs) this.#trail.shift();
  }

  up(id: number, at: Point, now: number): void {
    const contact = this.#contacts.get(id);
    if (contact === undefined) return;
    this.#contacts.delete(id);
    if (this.#contacts.size > 0) {
      this.#trail = [];
      return;
    }
    const wasDragging = this.#isDragging;
    this.#isDragging = false;
    if (wasDragging) this.#fling(at, now);
    else if (now - contact.startedAt <= tapMs) this.#tap(at, now, contact.isTouch);
  }

  cancel(id: number): void {
    this.#contacts.delete(id);
    if (this.#contacts.size === 0) this.#isDragging = false;
  }

  #tap(at: Point, now: number, isTouch: boolean): void {
    const last = this.#lastTap;
    this.#lastTap = undefined;
    if (last && now - last.at <= doubleTapMs && Math.hypot(at.x - last.x, at.y - last.y) <= doubleTapPixels) {
      this.#handler.onDoubleTap(at);
    } else if (!this.#handler.onTap(at, isTouch)) this.#lastTap = { ...at, at: now };
  }

  #fling(at: Point, now: number): void {
    const start = this.#trail[0];
    const elapsed = now - (start?.at ?? now);
    // A finger that rested before it was lifted has thrown nothing.
    const rested = now - (this.#trail.at(-1)?.at ?? now) > flingWindowMs / 2;
    if (start === undefined || elapsed <= 0 || rested) return;
    const [vx, vy] = [(at.x - start.x) / elapsed, (at.y - start.y) / elapsed];
    if (Math.hypot(vx, vy) >= flingMinPixelsPerMs) this.#handler.onFling(vx, vy);
  }

  #middle(): Point {
    let [x, y] = [0, 0];
    for (const contact of this.#contacts.values()) [x, y] = [x + contact.x, y + contact.y];
    return { x: x / this.#contacts.size, y: y / this.#contacts.size };
  }

  #spread(): number {
    const [first, second] = [...this.#contacts.values()];
    return first && second ? Math.hypot(first.x - second.x, first.y - second.y) : 0;
  }
}
