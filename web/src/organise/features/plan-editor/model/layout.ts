import type { Point } from "./document";
import { turned } from "./geometry";

/** Where seats stand; all in the plan's pixels. */

/**
 * Evenly spaced along the arc from one point to another.
 * @param bend How far the middle lies beside the straight line; positive: to the left as one goes, upwards when going
 * right.
 */
export function alongArc(from: Point, to: Point, count: number, bend = 0): Point[] {
  if (count <= 0) return [];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const chord = Math.hypot(dx, dy);
  if (count === 1) return [{ x: from.x + dx / 2, y: from.y + dy / 2 }];
  const share = (index: number): number => index / (count - 1);
  if (Math.abs(bend) < 0.01 || chord === 0) {
    return Array.from({ length: count }, (_, index) => ({
      x: from.x + dx * share(index),
      y: from.y + dy * share(index),
    }));
  }
  const { radius, half } = arcOf(chord, bend);
  // In a frame where the chord lies along x, its middle at the origin; then turned into place.
  const side = Math.sign(bend);
  const direction = (Math.atan2(dy, dx) * 180) / Math.PI;
  const middle = { x: from.x + dx / 2, y: from.y + dy / 2 };
  return Array.from({ length: count }, (_, index) => {
    const angle = -half + 2 * half * share(index);
    const local = {
      x: radius * Math.sin(angle),
      y: -side * (radius * Math.cos(angle) - (radius - Math.abs(bend))),
    };
    const { x, y } = turned(local, direction);
    return { x: middle.x + x, y: middle.y + y };
  });
}

/** The radius of the circle over a chord, and half of the angle that it spans. */
function arcOf(chord: number, bend: number): { radius: number; half: number } {
  const height = Math.abs(bend);
  const radius = chord ** 2 / (8 * height) + height / 2;
  const half = 2 * Math.atan2(2 * height, chord);
  return { radius, half };
}

export function arcLength(from: Point, to: Point, bend: number): number {
  const chord = Math.hypot(to.x - from.x, to.y - from.y);
  if (Math.abs(bend) < 0.01 || chord === 0) return chord;
  const { radius, half } = arcOf(chord, bend);
  return 2 * radius * half;
}

/** How many seats fit between two points; both ends have one. */
export function fittingSeats(from: Point, to: Point, pitch: number, bend = 0): number {
  return Math.max(1, Math.floor(arcLength(from, to, bend) / pitch + 1e-6) + 1);
}

/** How far the middle of these points lies beside the line from the first to the last. */
export function bendOf(points: readonly Point[]): number {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 3) return 0;
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const chord = Math.hypot(dx, dy);
  if (chord === 0) return 0;
  const at = (points.length - 1) / 2;
  const [a, b] = [points[Math.floor(at)] as Point, points[Math.ceil(at)] as Point];
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return -(dx * (middle.y - first.y) - dy * (middle.x - first.x)) / chord;
}

export interface BlockShape {
  rows: number;
  seats: number;
  pitch: number;
  rowPitch: number;
  /** As in alongArc. */
  bend: number;
  /** How far each row is to the right of the one before. */
  skew: number;
}

/** Rows behind one another, the first seat of the first at the origin. */
export function blockOf({ rows, seats, pitch, rowPitch, bend, skew }: BlockShape): Point[][] {
  const width = (seats - 1) * pitch;
  return Array.from({ length: rows }, (_, row) => {
    const [x, y] = [row * skew, row * rowPitch];
    return alongArc({ x, y }, { x: x + width, y }, seats, bend);
  });
}

export interface FanShape {
  rows: number;
  /** Of the first row, from the point that all rows are bent around. */
  radius: number;
  /** Degrees, clockwise from the right. */
  from: number;
  to: number;
  pitch: number;
  rowPitch: number;
}

/** Rows around one point, the origin; those farther out have more seats. */
export function fanOf({ rows, radius, from, to, pitch, rowPitch }: FanShape): Point[][] {
  const span = ((to - from) * Math.PI) / 180;
  return Array.from({ length: rows }, (_, row) => {
    const r = radius + row * rowPitch;
    const count = Math.max(1, Math.floor((r * Math.abs(span)) / pitch + 1e-6) + 1);
    return Array.from({ length: count }, (_, index) => {
      const angle = (from * Math.PI) / 180 + (count === 1 ? span / 2 : (span * index) / (count - 1));
      return { x: r * Math.cos(angle), y: r * Math.sin(angle) };
    });
  });
}

const chairGap = 4;

/** Chairs around a table whose middle is the origin; the first at the top, then clockwise. */
export function aroundRoundTable(chairs: number, seatRadius: number): { radius: number; chairs: Point[] } {
  const reach = Math.max(34, (chairs * (2 * seatRadius + chairGap)) / (2 * Math.PI));
  return {
    radius: Math.round(reach - seatRadius - chairGap),
    chairs: Array.from({ length: chairs }, (_, index) => {
      const angle = (2 * Math.PI * index) / chairs - Math.PI / 2;
      return { x: reach * Math.cos(angle), y: reach * Math.sin(angle) };
    }),
  };
}

export interface RectangularTable {
  /** Chairs at each long side. */
  long: number;
  /** Chairs at each end. */
  ends: number;
}

/** Chairs around a table whose middle is the origin: along the top, the right end, the bottom, the left end. */
export function aroundTable({ long, ends }: RectangularTable, seatRadius: number) {
  const pitch = 2 * seatRadius + 5;
  const [width, height] = [Math.max(1, long) * pitch + 5, Math.max(2, ends) * pitch + 5];
  const [outX, outY] = [width / 2 + seatRadius + chairGap, height / 2 + seatRadius + chairGap];
  const along = (index: number, count: number): number => (index - (count - 1) / 2) * pitch;
  const chairs: Point[] = [];
  for (let index = 0; index < long; index++) chairs.push({ x: along(index, long), y: -outY });
  for (let index = 0; index < ends; index++) chairs.push({ x: outX, y: along(index, ends) });
  for (let index = long - 1; index >= 0; index--) chairs.push({ x: along(index, long), y: outY });
  for (let index = ends - 1; index >= 0; index--) chairs.push({ x: -outX, y: along(index, ends) });
  return { width: Math.round(width), height: Math.round(height), chairs };
}
