import type { SeatMap } from "@/api/types";
import { groupFreeSeats, listRow, type ListedSeat } from "./seat-list";

/** A place for the same party as near as can be to seats that were lost: the same row first, then rows around it. */
export function suggestNear(
  seatMap: SeatMap,
  lost: number,
  size: number,
  isFree: (seat: number) => boolean,
): ListedSeat[] | undefined {
  for (const section of seatMap.sections) {
    const rowIndex = section.rows.findIndex((row) => lost >= row.first && lost < row.first + row.numbers.length);
    if (rowIndex < 0) continue;
    const byDistance = section.rows
      .map((row, index) => ({ row, distance: Math.abs(index - rowIndex) }))
      .sort((a, b) => a.distance - b.distance);
    for (const { row } of byDistance) {
      const fitting = groupFreeSeats(listRow(row), size, isFree).filter(({ seats }) => seats.length === size);
      const nearest = fitting.sort((a, b) => gap(a.seats, lost) - gap(b.seats, lost))[0];
      if (nearest !== undefined) return nearest.seats;
    }
  }
  return undefined;
}

function gap(seats: ListedSeat[], lost: number): number {
  return Math.min(...seats.map(({ ordinal }) => Math.abs(ordinal - lost)));
}
