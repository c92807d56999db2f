import type { SeatMap } from "@/api/types";
import { listRow, type ListedSeat } from "./seat-list";

/** A place in another row is as good as one so many seats further along the same row. */
const otherRowSeats = 8;

/**
 * So many free seats side by side as near as can be to one that was lost: of its tier and in its section, in the same
 * row if the way there is not much longer than to the next.
 */
export function suggestNear(
  seatMap: SeatMap,
  lost: number,
  size: number,
  isFree: (seat: number) => boolean,
): ListedSeat[] | undefined {
  const holds = (row: Row): boolean => lost >= row.first && lost < row.first + row.numbers.length;
  const section = seatMap.sections.find(({ rows }) => rows.some(holds));
  const home = section?.rows.find(holds);
  if (section === undefined || home === undefined) return undefined;
  const tier = home.tiers?.[lost - home.first] ?? home.tier;
  const from = positionOf(home, lost);
  let best: { seats: ListedSeat[]; cost: number } | undefined;
  for (const row of section.rows) {
    const detour = row === home ? 0 : otherRowSeats * 2.5 * seatMap.seatRadius;
    for (const run of listRow(row).runs) {
      for (let start = 0; start + size <= run.length; start++) {
        const seats = run.slice(start, start + size);
        if (!seats.every((seat) => isFree(seat.ordinal) && seat.tier === tier)) continue;
        const [first, last] = [positionOf(row, seats[0]?.ordinal), positionOf(row, seats.at(-1)?.ordinal)];
        const way = Math.hypot((first.x + last.x) / 2 - from.x, (first.y + last.y) / 2 - from.y);
        if (best === undefined || way + detour < best.cost) best = { seats, cost: way + detour };
      }
    }
  }
  return best?.seats;
}

type Row = SeatMap["sections"][number]["rows"][number];

function positionOf(row: Row, seat = row.first): { x: number; y: number } {
  return { x: row.x[seat - row.first] ?? 0, y: row.y[seat - row.first] ?? 0 };
}
