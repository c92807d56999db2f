import type { Point } from "./camera";

/** Rings of coordinates: x0, y0, x1, y1, … */
export type Outline = readonly number[];

/**
 * The shape of a section as its rows have it: along the front row, up the right ends, back along the last row, down the
 * left ends. A fan then looks like a fan, where the convex hull would swallow its neighbours. Undefined where the rows
 * do not lie behind one another.
 */
export function outlineOfRows(
  rows: readonly { x: readonly number[]; y: readonly number[] }[],
  tolerance: number,
): number[] | undefined {
  const front = rows[0];
  const back = rows.at(-1);
  if (front === undefined || back === undefined || rows.length < 2) return undefined;
  const ring: Point[] = [];
  const take = (row: { x: readonly number[]; y: readonly number[] }, index: number) => {
    ring.push({ x: row.x.at(index) ?? 0, y: row.y.at(index) ?? 0 });
  };
  for (let index = 0; index < front.x.length; index++) take(front, index);
  for (const row of rows.slice(1, -1)) take(row, -1);
  for (let index = back.x.length - 1; index >= 0; index--) take(back, index);
  for (const row of rows.slice(1, -1).reverse()) take(row, 0);
  // Rows that end half a seat apart would make a saw of a straight edge.
  const simple = simplify(ring, tolerance);
  return isSimple(simple) ? simple.flatMap(({ x, y }) => [x, y]) : undefined;
}

/** Ramer, Douglas and Peucker's: leaves out the points that lie within a tolerance of the line between their neighbours. */
export function simplify(ring: readonly Point[], tolerance: number): Point[] {
  const first = ring[0];
  const last = ring.at(-1);
  if (first === undefined || last === undefined || ring.length <= 2) return [...ring];
  let farthest = 0;
  let distance = 0;
  for (let index = 1; index < ring.length - 1; index++) {
    const away = distanceToSegment(ring[index] as Point, first, last);
    if (away > distance) [farthest, distance] = [index, away];
  }
  if (distance <= tolerance) return [first, last];
  return [
    ...simplify(ring.slice(0, farthest + 1), tolerance).slice(0, -1),
    ...simplify(ring.slice(farthest), tolerance),
  ];
}

export function distanceToSegment(point: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy);
}

export function isInside(outline: Outline, x: number, y: number): boolean {
  let inside = false;
  for (let index = 0, before = outline.length - 2; index < outline.length; before = index, index += 2) {
    const [ax, ay] = [outline[index] as number, outline[index + 1] as number];
    const [bx, by] = [outline[before] as number, outline[before + 1] as number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Distance from a point to the nearest edge. */
export function distanceToEdge(outline: Outline, point: Point): number {
  let nearest = Infinity;
  for (let index = 0, before = outline.length - 2; index < outline.length; before = index, index += 2) {
    const from = { x: outline[before] as number, y: outline[before + 1] as number };
    const to = { x: outline[index] as number, y: outline[index + 1] as number };
    nearest = Math.min(nearest, distanceToSegment(point, from, to));
  }
  return nearest;
}

/** A place well inside, for a label: the best of a few candidates around the middle. */
export function middleOf(outline: Outline, around: Point): { at: Point; room: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < outline.length; index += 2) {
    left = Math.min(left, outline[index] as number);
    right = Math.max(right, outline[index] as number);
    top = Math.min(top, outline[index + 1] as number);
    bottom = Math.max(bottom, outline[index + 1] as number);
  }
  const steps = 14;
  let best = { at: around, room: isInside(outline, around.x, around.y) ? distanceToEdge(outline, around) : 0 };
  for (let row = 1; row < steps; row++) {
    for (let column = 1; column < steps; column++) {
      const at = { x: left + ((right - left) * column) / steps, y: top + ((bottom - top) * row) / steps };
      if (!isInside(outline, at.x, at.y)) continue;
      const room = distanceToEdge(outline, at);
      // A better place must be clearly better: a label in the middle looks right.
      if (room > best.room * 1.15) best = { at, room };
    }
  }
  return best;
}

function isSimple(ring: readonly Point[]): boolean {
  for (let a = 0; a < ring.length; a++) {
    for (let b = a + 2; b < ring.length; b++) {
      if (a === 0 && b === ring.length - 1) continue;
      const [p, q] = [ring[a] as Point, ring[(a + 1) % ring.length] as Point];
      const [r, s] = [ring[b] as Point, ring[(b + 1) % ring.length] as Point];
      if (turn(p, q, r) * turn(p, q, s) < 0 && turn(r, s, p) * turn(r, s, q) < 0) return false;
    }
  }
  return ring.length >= 3;
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
