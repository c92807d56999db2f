import { between, panBy, zoomAt, type Camera, type Point, type Size, type ZoomLimits } from "../model/camera";

const flightMs = { short: 260, long: 520 };
/** A fling loses all but a third of its speed in this time. */
const frictionMs = 320;
const stopPixelsPerMs = 0.02;
/** What is left to zoom by the wheel is done by a third in this time: notches become a glide. */
const wheelMs = 55;

interface Flight {
  from: Camera;
  to: Camera;
  startedAt: number | undefined;
  durationMs: number;
}

/** What moves the camera by itself: flights to a place, the glide after a fling, and the wheel's. One at a time. */
export class Motion {
  #flight: Flight | undefined;
  #velocity: Point | undefined;
  #wheel: { at: Point; remaining: number } | undefined;
  #lastAt: number | undefined;
  isReduced = false;

  get isMoving(): boolean {
    return this.#flight !== undefined || this.#velocity !== undefined || this.#wheel !== undefined;
  }

  /** Where it is going, or where it is. */
  destination(camera: Camera): Camera {
    return this.#flight?.to ?? camera;
  }

  stop(): void {
    this.#flight = this.#velocity = this.#wheel = this.#lastAt = undefined;
  }

  /** Answers the camera to take at once, where motion is not wanted. */
  flyTo(from: Camera, to: Camera): Camera {
    this.stop();
    if (this.isReduced) return to;
    const isFar = Math.abs(Math.log(to.scale / from.scale)) > 1;
    this.#flight = { from, to, startedAt: undefined, durationMs: isFar ? flightMs.long : flightMs.short };
    return from;
  }

  fling(vx: number, vy: number): void {
    this.stop();
    if (!this.isReduced) this.#velocity = { x: vx, y: vy };
  }

  wheel(at: Point, factor: number): void {
    const remaining = this.#wheel?.remaining ?? 0;
    this.#flight = this.#velocity = undefined;
    this.#wheel = { at, remaining: remaining + Math.log(factor) };
  }

  step(camera: Camera, view: Size, limits: ZoomLimits, now: number): Camera {
    const elapsed = Math.min(now - (this.#lastAt ?? now - 16), 64);
    this.#lastAt = now;
    if (this.#flight !== undefined) return this.#fly(this.#flight, now);
    if (this.#wheel !== undefined) {
      const { at, remaining } = this.#wheel;
      const isLast = this.isReduced || Math.abs(remaining) < 0.004;
      const share = isLast ? 1 : 1 - Math.exp(-elapsed / wheelMs);
      this.#wheel = isLast ? undefined : { at, remaining: remaining * (1 - share) };
      return zoomAt(camera, view, at, Math.exp(remaining * share), limits);
    }
    if (this.#velocity !== undefined) {
      const { x, y } = this.#velocity;
      const left = Math.exp(-elapsed / frictionMs);
      this.#velocity = Math.hypot(x, y) * left < stopPixelsPerMs ? undefined : { x: x * left, y: y * left };
      return panBy(camera, x * elapsed, y * elapsed);
    }
    return camera;
  }

  #fly(flight: Flight, now: number): Camera {
    flight.startedAt ??= now;
    const t = (now - flight.startedAt) / flight.durationMs;
    if (t >= 1) this.stop();
    // Fast at first, then settling: what was asked for begins at once.
    return between(flight.from, flight.to, 1 - (1 - Math.min(t, 1)) ** 3);
  }
}
