import type { SeatMap } from "@/api/types";
import type { NumberedSeat, RowParts } from "@/i18n/seat-names";
import type { Box, Point } from "./camera";
import { middleOf, outlineOfRows, type Outline } from "./outline";

export interface PlanRow {
  section: number;
  first: number;
  count: number;
  name: string;
  parts: RowParts;
}

export interface PlanSection {
  name: string;
  /** What tells it from its neighbours: "101" of "Section 101", where all begin alike. */
  shortName: string;
  outline: Outline;
  bounds: Box;
  first: number;
  end: number;
  labelAt: Point;
  /** The middle of the last row, and the way from there out of the section: a name stands there and covers no seat. */
  back: { at: Point; way: Point; rowLength: number };
  /** Radius in the plan's units that a label has around labelAt. */
  labelRoom: number;
}

export interface PlanArea {
  kind: SeatMap["areas"][number]["kind"];
  caption: string;
  captionAt: Point;
  outline: Outline;
  bounds: Box;
  colour: string | undefined;
  tier: number | undefined;
  /** It stands on a section's ground, such as the court that one block of rows surrounds, and is drawn over it. */
  isOnSection: boolean;
}

/** A seat map as columns by ordinal, ready for drawing and searching 50,000 seats. */
export interface Plan {
  name: string;
  seatCount: number;
  x: Float32Array;
  y: Float32Array;
  radius: Float32Array;
  tier: Int16Array;
  rowOf: Uint16Array;
  /** 1 where the next ordinal is the seat beside it. */
  isBesideNext: Uint8Array;
  numbers: readonly string[];
  rows: readonly PlanRow[];
  sections: readonly PlanSection[];
  areas: readonly PlanArea[];
  tierCount: number;
  bounds: Box;
  focalPoint: Point;
  /** Usual distance between neighbours. */
  pitch: number;
  maxRadius: number;
}

export function compilePlan(map: SeatMap): Plan {
  const { seatCount } = map;
  const [x, y, radius] = [new Float32Array(seatCount), new Float32Array(seatCount), new Float32Array(seatCount)];
  const [tier, rowOf] = [new Int16Array(seatCount), new Uint16Array(seatCount)];
  const isBesideNext = new Uint8Array(seatCount);
  const numbers: string[] = [];
  const rows: PlanRow[] = [];
  const prefix = commonPrefix(map.sections.map(({ name }) => name));
  const sections = map.sections.map((section, sectionIndex): PlanSection => {
    const first = numbers.length;
    for (const row of section.rows) {
      const aisles = new Set(row.aisles ?? []);
      row.numbers.forEach((number, index) => {
        const seat = row.first + index;
        x[seat] = row.x[index] ?? 0;
        y[seat] = row.y[index] ?? 0;
        radius[seat] = row.radius ?? map.seatRadius;
        tier[seat] = row.tiers?.[index] ?? row.tier ?? -1;
        rowOf[seat] = rows.length;
        isBesideNext[seat] = index + 1 < row.numbers.length && !aisles.has(index) ? 1 : 0;
        numbers[seat] = number;
      });
      const { name, label, seatFormat } = row;
      rows.push({
        section: sectionIndex,
        first: row.first,
        count: row.numbers.length,
        name,
        parts: { section: section.name, name, label, seatFormat: seatFormat ?? undefined },
      });
    }
    const outline = outlineOfRows(section.rows, map.seatRadius) ?? section.outline;
    const end = numbers.length;
    const middle = { x: mean(x, first, end), y: mean(y, first, end) };
    const { at, room } = middleOf(outline, middle);
    const shortName = section.name.slice(prefix.length);
    return {
      name: section.name,
      shortName,
      outline,
      bounds: boundsOf(outline),
      first,
      end,
      labelAt: at,
      back: backOf(section.rows.at(-1), middle),
      labelRoom: room + map.seatRadius,
    };
  });
  return {
    name: map.name,
    seatCount,
    x,
    y,
    radius,
    tier,
    rowOf,
    isBesideNext,
    numbers,
    rows,
    sections,
    areas: map.areas.map((area) => {
      const bounds = boundsOf(area.outline);
      return {
        kind: area.kind,
        caption: area.caption,
        captionAt: area.captionAt,
        outline: area.outline,
        bounds,
        // Older answers have null, which the contract does not know.
        colour: area.colour ?? undefined,
        tier: area.tier ?? undefined,
        isOnSection: sections.some((section) => isSmallerAndTouches(bounds, section.bounds)),
      };
    }),
    tierCount: map.tiers.length,
    bounds: map.bounds,
    focalPoint: map.focalPoint,
    pitch: usualPitch(x, y, isBesideNext, map.seatRadius),
    maxRadius: radius.reduce((most, value) => Math.max(most, value), map.seatRadius),
  };
}

/** What a seat is called, in parts. */
export function partsOfSeat(plan: Plan, seat: number): NumberedSeat {
  const row = plan.rows[plan.rowOf[seat] ?? -1];
  if (row === undefined) throw new RangeError(`The plan has no seat ${seat}.`);
  return { row: row.parts, number: plan.numbers[seat] ?? "" };
}

export function sectionOfSeat(plan: Plan, seat: number): number {
  return plan.rows[plan.rowOf[seat] ?? -1]?.section ?? -1;
}

export function boundsOf(outline: Outline): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let index = 0; index < outline.length; index += 2) {
    box.left = Math.min(box.left, outline[index] as number);
    box.right = Math.max(box.right, outline[index] as number);
    box.top = Math.min(box.top, outline[index + 1] as number);
    box.bottom = Math.max(box.bottom, outline[index + 1] as number);
  }
  return box;
}

/** What is larger than the section lies beneath it: a field, the floor of the house. */
function isSmallerAndTouches(area: Box, section: Box): boolean {
  const isTouching =
    area.left < section.right && area.right > section.left && area.top < section.bottom && area.bottom > section.top;
  return isTouching && sizeOf(area) < sizeOf(section);
}

function sizeOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}

/** The box around some seats, their circles included. */
export function boundsOfSeats(plan: Plan, seats: Iterable<number>): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const seat of seats) {
    const [x, y, r] = [plan.x[seat] ?? 0, plan.y[seat] ?? 0, plan.radius[seat] ?? 0];
    box.left = Math.min(box.left, x - r);
    box.right = Math.max(box.right, x + r);
    box.top = Math.min(box.top, y - r);
    box.bottom = Math.max(box.bottom, y + r);
  }
  return box;
}

function backOf(row: SeatMap["sections"][number]["rows"][number] | undefined, middle: Point): PlanSection["back"] {
  const half = ((row?.x.length ?? 0) - 1) / 2;
  const along = (values: readonly number[] | undefined): number =>
    ((values?.[Math.floor(half)] ?? 0) + (values?.[Math.ceil(half)] ?? 0)) / 2;
  const at = { x: along(row?.x), y: along(row?.y) };
  // Square to the row, on the side where the section is not.
  const across = { x: (row?.y.at(-1) ?? 0) - (row?.y[0] ?? 0), y: (row?.x[0] ?? 0) - (row?.x.at(-1) ?? 0) };
  const length = Math.hypot(across.x, across.y);
  if (length === 0) return { at, way: { x: 0, y: 1 }, rowLength: 0 };
  const side = across.x * (at.x - middle.x) + across.y * (at.y - middle.y) < 0 ? -length : length;
  return { at, way: { x: across.x / side, y: across.y / side }, rowLength: length };
}

/** Whole words that all names begin with, and the space after. */
function commonPrefix(names: readonly string[]): string {
  const [first = ""] = names;
  if (names.length < 3) return "";
  let length = 0;
  for (let end = first.indexOf(" "); end > 0; end = first.indexOf(" ", end + 1)) {
    const start = first.slice(0, end + 1);
    if (!names.every((name) => name.startsWith(start))) break;
    length = start.length;
  }
  return first.slice(0, length);
}

function mean(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += values[index] as number;
  return sum / Math.max(1, end - start);
}

function usualPitch(x: Float32Array, y: Float32Array, isBesideNext: Uint8Array, radius: number): number {
  const distances: number[] = [];
  for (let seat = 0; seat + 1 < x.length; seat++) {
    if (isBesideNext[seat] !== 1) continue;
    distances.push(
      Math.hypot((x[seat + 1] as number) - (x[seat] as number), (y[seat + 1] as number) - (y[seat] as number)),
    );
  }
  if (distances.length === 0) return radius * 2.5;
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? radius * 2.5;
}
