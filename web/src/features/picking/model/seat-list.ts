import type { SeatMap } from "@/api/types";
import type { NumberedSeat, RowParts } from "@/i18n/seat-names";

type Section = SeatMap["sections"][number];

export interface ListedSeat extends NumberedSeat {
  ordinal: number;
  tier: number;
  /** Bits; see lib/seating/needs. */
  attributes: number;
}

export interface ListedRow extends RowParts {
  first: number;
  /** Runs of seats that are beside one another: an aisle ends a run. */
  runs: ListedSeat[][];
}

/** A row's seats with everything that a list needs of them. */
export function listRow(row: Section["rows"][number], section: string): ListedRow {
  const aisles = new Set(row.aisles ?? []);
  const listed: ListedRow = {
    section,
    name: row.name,
    label: row.label,
    seatFormat: row.seatFormat ?? undefined,
    first: row.first,
    runs: [],
  };
  let run: ListedSeat[] = [];
  row.numbers.forEach((number, index) => {
    if (run.length === 0) listed.runs.push(run);
    run.push({
      ordinal: row.first + index,
      number,
      row: listed,
      tier: row.tiers?.[index] ?? row.tier ?? 0,
      attributes: row.attributes?.[index] ?? 0,
    });
    if (aisles.has(index)) run = [];
  });
  return listed;
}

export interface SeatGroup {
  seats: ListedSeat[];
  tier: number;
}

/**
 * Free neighbours of one tier cut into parties of the given size, from the left; what is over stays in a group of its
 * own, so that every free seat can be reached. A single seat that is over stands before the last party and not after it:
 * at the end it would be left alone, which the orphan rule refuses.
 */
export function groupFreeSeats(row: ListedRow, size: number, isFree: (seat: number) => boolean): SeatGroup[] {
  const groups: SeatGroup[] = [];
  for (const run of row.runs) {
    let stretch: ListedSeat[] = [];
    const cut = () => {
      const isOneOver = stretch.length % size === 1 && stretch.length > size + 1;
      for (let start = 0; start < stretch.length;) {
        const isBeforeLast = isOneOver && stretch.length - start === size + 1;
        const seats = stretch.slice(start, start + (isBeforeLast ? 1 : size));
        groups.push({ seats, tier: seats[0]?.tier ?? 0 });
        start += seats.length;
      }
      stretch = [];
    };
    for (const seat of run) {
      const last = stretch.at(-1);
      if (!isFree(seat.ordinal)) cut();
      else {
        if (last !== undefined && last.tier !== seat.tier) cut();
        stretch.push(seat);
      }
    }
    cut();
  }
  return groups;
}

/** Whether the buyer may choose the whole group: what of it is chosen already counts for nothing. */
export function isWithin({ seats }: SeatGroup, selected: ReadonlySet<number>, remaining: number): boolean {
  return seats.filter(({ ordinal }) => !selected.has(ordinal)).length <= remaining;
}

/** The group with this seat; once that is gone, the next that can be pressed: the Tab key stops at one group only. */
export function tabStopOf(
  groups: readonly SeatGroup[],
  at: number,
  canPress: (group: SeatGroup) => boolean,
): SeatGroup | undefined {
  const open = groups.filter(canPress);
  return open.find(({ seats }) => seats.some(({ ordinal }) => ordinal >= at)) ?? open[0];
}

/** Free seats of a section, for its line in the list. */
export function countFree(section: Section, isFree: (seat: number) => boolean): number {
  let free = 0;
  for (const row of section.rows) {
    for (let index = 0; index < row.numbers.length; index++) if (isFree(row.first + index)) free += 1;
  }
  return free;
}

/** Indexes of the tiers that a section's seats are of. */
export function tiersOf(section: Section): ReadonlySet<number> {
  return new Set(section.rows.flatMap((row) => row.tiers ?? [row.tier ?? 0]));
}
