import type { ListedRow, ListedSeat } from "./seat-list";

/**
 * The single free seats that a choice would newly leave between taken ones, as the server's rule has it: a seat is
 * alone when it is free and has no free neighbour in its run, and it had one before.
 */
export function newOrphans(
  row: ListedRow,
  chosen: ReadonlySet<number>,
  isFree: (seat: number) => boolean,
): ListedSeat[] {
  const orphans: ListedSeat[] = [];
  for (const run of row.runs) {
    run.forEach((seat, index) => {
      if (!isFree(seat.ordinal) || chosen.has(seat.ordinal)) return;
      const neighbours = [run[index - 1], run[index + 1]].filter((other) => other !== undefined);
      const hadCompany = neighbours.some((other) => isFree(other.ordinal));
      const hasCompany = neighbours.some((other) => isFree(other.ordinal) && !chosen.has(other.ordinal));
      if (hadCompany && !hasCompany) orphans.push(seat);
    });
  }
  return orphans;
}
