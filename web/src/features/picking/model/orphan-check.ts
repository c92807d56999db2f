import type { SeatMap } from "@/api/types";
import { canSeatWithoutOrphan } from "./best-seats";
import type { ListedSeat } from "./seat-list";
import { newOrphans } from "./single-seats";
import type { SeatIndex } from "./selection";

/**
 * The single seats for which the server would refuse a choice. None where the party could sit in no other way: the rule
 * protects the house, and must not send anybody home.
 */
export function orphansOf(
  seatMap: SeatMap,
  index: SeatIndex,
  chosen: ReadonlySet<number>,
  isFree: (seat: number) => boolean,
): ListedSeat[] {
  const rows = new Set([...chosen].map((seat) => index.rowOf(seat)));
  const orphans = [...rows].flatMap((row) => (row === undefined ? [] : newOrphans(row, chosen, isFree)));
  if (orphans.length === 0) return orphans;
  const tier = index.seatOf(Math.min(...chosen))?.tier;
  return tier !== undefined && canSeatWithoutOrphan(seatMap, tier, chosen.size, isFree) ? orphans : [];
}
