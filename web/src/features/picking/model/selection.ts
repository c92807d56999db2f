import type { EventDetails, Money, SeatMap } from "@/api/types";
import { canSeatWithoutOrphan } from "@/lib/seating/best-available";
import { orphansLeftBy } from "@/lib/seating/orphan-rule";
import { layoutOf } from "@/lib/seating/seat-layout";
import { listRow, type ListedRow, type ListedSeat } from "./seat-list";

/** One line of the choice: a seat, or so many places of a tier. */
export interface ChosenLine {
  key: string;
  seat: ListedSeat | undefined;
  tierId: string;
  tier: string;
  price: Money;
  quantity: number;
}

/** Finds a seat and its row by ordinal, by halving: a stadium has a thousand rows. */
export function makeSeatIndex(seatMap: SeatMap | undefined) {
  const rows = seatMap?.sections.flatMap(({ name, rows }) => rows.map((row) => ({ row, section: name }))) ?? [];
  const listed = new Map<number, ListedRow>();
  const rowOf = (ordinal: number): ListedRow | undefined => {
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((rows[middle]?.row.first ?? 0) <= ordinal) low = middle;
      else high = middle - 1;
    }
    const found = rows[low];
    if (found === undefined) return undefined;
    const known = listed.get(low) ?? listRow(found.row, found.section);
    listed.set(low, known);
    return known;
  };
  const seatOf = (ordinal: number): ListedSeat | undefined =>
    rowOf(ordinal)
      ?.runs.flat()
      .find((seat) => seat.ordinal === ordinal);
  const seatsOf = (ordinals: Iterable<number>): ListedSeat[] =>
    [...ordinals].map(seatOf).filter((seat) => seat !== undefined);
  return { rowOf, seatOf, seatsOf };
}

export type SeatIndex = ReturnType<typeof makeSeatIndex>;

/** Seats as they stand in the hall, whatever order they were pressed in. */
export function linesOfSeats(
  seats: Iterable<number>,
  event: EventDetails,
  seatMap: SeatMap | undefined,
  index: SeatIndex,
): ChosenLine[] {
  return [...seats]
    .sort((a, b) => a - b)
    .map((ordinal) => {
      const seat = index.seatOf(ordinal);
      const tierId = seatMap?.tiers[seat?.tier ?? -1]?.id ?? "";
      const tier = event.tiers.find(({ id }) => id === tierId);
      return {
        key: String(ordinal),
        seat,
        tierId,
        tier: tier?.name ?? "",
        price: tier?.price ?? { amount: 0, currency: event.currency },
        quantity: 1,
      };
    });
}

export function linesOfQuantities(quantities: ReadonlyMap<string, number>, event: EventDetails): ChosenLine[] {
  return event.tiers
    .filter(({ id }) => (quantities.get(id) ?? 0) > 0)
    .map(({ id, name, price }) => ({
      key: id,
      seat: undefined,
      tierId: id,
      tier: name,
      price,
      quantity: quantities.get(id) ?? 0,
    }));
}

export function sumOf(lines: readonly ChosenLine[], currency: string): Money {
  return { amount: lines.reduce((sum, { price, quantity }) => sum + price.amount * quantity, 0), currency };
}

/**
 * The single seats for which the server would refuse a choice. None where the party could sit in no other way: the rule
 * protects the house, and must not send anybody home.
 */
export function orphansOf(seatMap: SeatMap, chosen: ReadonlySet<number>, isFree: (seat: number) => boolean): number[] {
  const layout = layoutOf(seatMap);
  const orphans = orphansLeftBy(layout, isFree, chosen);
  if (orphans.length === 0) return orphans;
  const tier = layout.tier[Math.min(...chosen)] ?? -1;
  return canSeatWithoutOrphan(layout, tier, chosen.size, isFree) ? orphans : [];
}
