import type { SeatMap } from "@/api/types";
import { newOrphans } from "./single-seats";
import { listRow, type ListedRow, type ListedSeat } from "./seat-list";

interface Window {
  seats: ListedSeat[];
  distance: number;
}

/**
 * The free seats side by side that the server would choose now: nearest to the focal point, those that leave a single
 * seat only where there are no others. Undefined: so many are not free together.
 */
export function bestTogether(
  seatMap: SeatMap,
  tier: number,
  size: number,
  isFree: (seat: number) => boolean,
): ListedSeat[] | undefined {
  let [clean, any]: (Window | undefined)[] = [];
  for (const window of windows(seatMap, tier, size, isFree)) {
    if (clean !== undefined && window.distance >= clean.distance) continue;
    if (any === undefined || window.distance < any.distance) any = window;
    if (!leavesOrphan(window, isFree)) clean = window;
  }
  return (clean ?? any)?.seats;
}

/** Whether a party can sit side by side in the tier without leaving a single seat; if not, it may leave one. */
export function canSeatWithoutOrphan(
  seatMap: SeatMap,
  tier: number,
  size: number,
  isFree: (seat: number) => boolean,
): boolean {
  for (const window of windows(seatMap, tier, size, isFree)) if (!leavesOrphan(window, isFree)) return true;
  return false;
}

function leavesOrphan({ seats, row }: Window & { row: ListedRow }, isFree: (seat: number) => boolean): boolean {
  return newOrphans(row, new Set(seats.map(({ ordinal }) => ordinal)), isFree).length > 0;
}

function* windows(
  seatMap: SeatMap,
  tier: number,
  size: number,
  isFree: (seat: number) => boolean,
): Generator<Window & { row: ListedRow }> {
  const { x: focalX, y: focalY } = seatMap.focalPoint;
  for (const { rows } of seatMap.sections) {
    for (const plain of rows) {
      if (plain.tier !== undefined && plain.tier !== null && plain.tiers == null && plain.tier !== tier) continue;
      const row = listRow(plain);
      const distanceOf = ({ ordinal }: ListedSeat): number =>
        Math.hypot((plain.x[ordinal - plain.first] ?? 0) - focalX, (plain.y[ordinal - plain.first] ?? 0) - focalY);
      for (const run of row.runs) {
        for (let start = 0; start + size <= run.length; start++) {
          const seats = run.slice(start, start + size);
          if (!seats.every((seat) => seat.tier === tier && isFree(seat.ordinal))) continue;
          yield { seats, row, distance: seats.reduce((sum, seat) => sum + distanceOf(seat), 0) };
        }
      }
    }
  }
}
