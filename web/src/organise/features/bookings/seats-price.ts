import type { SeatMap } from "@/api/types";

/** What these seats cost together, by the tier that the map says each belongs to. */
export function seatsPrice(
  seatMap: SeatMap | undefined,
  seats: ReadonlySet<number>,
  priceOf: (tierId: string) => number,
): number {
  if (seatMap === undefined || seats.size === 0) return 0;
  let sum = 0;
  for (const { rows } of seatMap.sections) {
    for (const row of rows) {
      for (let index = 0; index < row.numbers.length; index++) {
        if (!seats.has(row.first + index)) continue;
        const tier = seatMap.tiers[row.tiers?.[index] ?? row.tier ?? -1];
        if (tier !== undefined) sum += priceOf(tier.id);
      }
    }
  }
  return sum;
}
