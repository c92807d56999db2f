import type { SeatMap } from "@/api/types";
import { isReservedSeat } from "@/lib/seating/needs";
import { orphansLeftBy } from "@/lib/seating/orphan-rule";
import { layoutOf } from "@/lib/seating/seat-layout";
import { listRow, type ListedSeat } from "./seat-list";

/** A place in another row is as good as one so many seats further along the same row. */
const otherRowSeats = 8;

export interface Wanted {
  lost: number;
  /** How many were lost. */
  size: number;
  /** What is still chosen: the party wants to sit with it. */
  kept: ReadonlySet<number>;
  isFree: (seat: number) => boolean;
  orphanRule: boolean;
}

interface Candidate {
  seats: ListedSeat[];
  isApart: boolean;
  way: number;
}

/**
 * As many free seats as were lost, of the same tier and in the same section: beside those that are still chosen if that
 * can be, else side by side and as near as can be, in the same row if the way there is not much longer than to the next.
 */
export function suggestNear(seatMap: SeatMap, wanted: Wanted): ListedSeat[] | undefined {
  const { lost, kept, isFree, orphanRule } = wanted;
  const layout = layoutOf(seatMap);
  // Places for wheelchairs and companions are no substitute for others, nor others for them.
  const isReserved = isReservedSeat(layout, lost);
  const fitting: Wanted = {
    ...wanted,
    isFree: (seat) => isFree(seat) && isReservedSeat(layout, seat) === isReserved,
  };
  const section = seatMap.sections.find(({ rows }) => rows.some((row) => isIn(row, lost)));
  const home = section?.rows.find((row) => isIn(row, lost));
  if (section === undefined || home === undefined) return undefined;
  const tier = home.tiers?.[lost - home.first] ?? home.tier ?? 0;
  const from = positionOf(home, lost);
  let best: Candidate | undefined;
  for (const row of section.rows) {
    const detour = row === home ? 0 : otherRowSeats * 2.5 * seatMap.seatRadius;
    for (const run of listRow(row, section.name).runs) {
      for (let start = 0; start < run.length; start++) {
        const seats = windowFrom(run, start, tier, fitting);
        if (seats === undefined) continue;
        const chosen = new Set([...kept, ...seats.map(({ ordinal }) => ordinal)]);
        const leavesOrphan = (): boolean => orphansLeftBy(layout, isFree, chosen).some((seat) => isIn(row, seat));
        if (orphanRule && leavesOrphan()) continue;
        const [first, last] = [positionOf(row, seats[0]?.ordinal), positionOf(row, seats.at(-1)?.ordinal)];
        const way = Math.hypot((first.x + last.x) / 2 - from.x, (first.y + last.y) / 2 - from.y) + detour;
        const candidate = { seats, isApart: !isBeside(run, seats, kept), way };
        if (best === undefined || isBetter(candidate, best)) best = candidate;
      }
    }
  }
  return best?.seats;
}

/** Free seats from here on, side by side but for those that are the party's own. */
function windowFrom(run: ListedSeat[], start: number, tier: number, wanted: Wanted): ListedSeat[] | undefined {
  const seats: ListedSeat[] = [];
  for (let index = start; index < run.length && seats.length < wanted.size; index++) {
    const seat = run[index];
    if (seat === undefined) break;
    if (wanted.kept.has(seat.ordinal) && seats.length > 0) continue;
    if (wanted.kept.has(seat.ordinal) || !wanted.isFree(seat.ordinal) || seat.tier !== tier) return undefined;
    seats.push(seat);
  }
  return seats.length === wanted.size ? seats : undefined;
}

function isBeside(run: ListedSeat[], seats: ListedSeat[], kept: ReadonlySet<number>): boolean {
  const first = run.findIndex(({ ordinal }) => ordinal === seats[0]?.ordinal);
  const last = run.findIndex(({ ordinal }) => ordinal === seats.at(-1)?.ordinal);
  return run.slice(Math.max(0, first - 1), last + 2).some(({ ordinal }) => kept.has(ordinal));
}

function isBetter(one: Candidate, other: Candidate): boolean {
  return one.isApart === other.isApart ? one.way < other.way : other.isApart;
}

type Row = SeatMap["sections"][number]["rows"][number];

function isIn(row: Row, seat: number): boolean {
  return seat >= row.first && seat < row.first + row.numbers.length;
}

function positionOf(row: Row, seat = row.first): { x: number; y: number } {
  return { x: row.x[seat - row.first] ?? 0, y: row.y[seat - row.first] ?? 0 };
}
