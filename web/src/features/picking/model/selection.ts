import type { EventDetails, HoldRequest, Money, SeatMap } from "@/api/types";
import { listRow, type ListedRow, type ListedSeat } from "./seat-list";

export interface ChosenLine {
  key: string;
  label: string;
  price: Money;
  quantity: number;
}

/** Finds a seat and its row by ordinal, by halving: a stadium has a thousand rows. */
export function makeSeatIndex(seatMap: SeatMap | undefined) {
  const rows = seatMap?.sections.flatMap((section) => section.rows) ?? [];
  const listed = new Map<number, ListedRow>();
  const rowOf = (ordinal: number): ListedRow | undefined => {
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((rows[middle]?.first ?? 0) <= ordinal) low = middle;
      else high = middle - 1;
    }
    const row = rows[low];
    if (row === undefined) return undefined;
    const known = listed.get(low) ?? listRow(row);
    listed.set(low, known);
    return known;
  };
  const seatOf = (ordinal: number): ListedSeat | undefined =>
    rowOf(ordinal)
      ?.runs.flat()
      .find((seat) => seat.ordinal === ordinal);
  return { rowOf, seatOf };
}

export type SeatIndex = ReturnType<typeof makeSeatIndex>;

export function linesOfSeats(
  seats: Iterable<number>,
  event: EventDetails,
  seatMap: SeatMap | undefined,
  index: SeatIndex,
): ChosenLine[] {
  return [...seats].map((ordinal) => {
    const seat = index.seatOf(ordinal);
    const tierId = seatMap?.tiers[seat?.tier ?? -1]?.id;
    const price = event.tiers.find(({ id }) => id === tierId)?.price;
    return {
      key: String(ordinal),
      label: seat?.label ?? String(ordinal),
      price: price ?? { amount: 0, currency: event.currency },
      quantity: 1,
    };
  });
}

export function linesOfQuantities(quantities: ReadonlyMap<string, number>, event: EventDetails): ChosenLine[] {
  return event.tiers
    .filter(({ id }) => (quantities.get(id) ?? 0) > 0)
    .map(({ id, name, price }) => ({ key: id, label: name, price, quantity: quantities.get(id) ?? 0 }));
}

export function sumOf(lines: readonly ChosenLine[], currency: string): Money {
  return { amount: lines.reduce((sum, { price, quantity }) => sum + price.amount * quantity, 0), currency };
}

/** One seated tier is asked for as "best available", which may insist on sitting together; else it is quantities. */
export function requestOfQuantities(
  quantities: ReadonlyMap<string, number>,
  event: EventDetails,
  together: boolean,
): HoldRequest {
  const lines = [...quantities].filter(([, quantity]) => quantity > 0);
  const [only] = lines;
  const isSeated = event.tiers.find(({ id }) => id === only?.[0])?.kind === "seated";
  if (lines.length === 1 && only !== undefined && isSeated) {
    return { bestAvailable: { tierId: only[0], quantity: only[1], together } };
  }
  return { tickets: lines.map(([tierId, quantity]) => ({ tierId, quantity })) };
}

/** What a request by quantity asked for. */
export function quantitiesOf(request: HoldRequest | undefined): ReadonlyMap<string, number> {
  const { tickets, bestAvailable } = request ?? {};
  if (bestAvailable != null) return new Map([[bestAvailable.tierId, bestAvailable.quantity]]);
  return new Map(tickets?.map(({ tierId, quantity }) => [tierId, quantity]));
}
