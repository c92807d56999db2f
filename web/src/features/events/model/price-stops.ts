import type { EventFacets, Money } from "@/api/types";
import type { EventSearch } from "./event-search";

type Prices = EventFacets["prices"][number];

/** About so many, each a round amount. */
const stopsWanted = 20;
const roundSteps = [1, 2, 5, 10];

/**
 * What the ends of a range of prices can be: round amounts from what the cheapest place costs to what the dearest does.
 * Their first and last leave nothing out.
 */
export function priceStops({ min, max }: Prices): Money[] {
  const least = Math.max(1, (max.amount - min.amount) / stopsWanted);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * (roundSteps.find((round) => round * power >= least) ?? 10);
  const first = Math.floor(min.amount / step) * step;
  const count = Math.max(1, Math.ceil((max.amount - first) / step));
  return Array.from({ length: count + 1 }, (_, index) => ({ amount: first + index * step, currency: min.currency }));
}

/** Where a search's prices stand among the stops: what the address names may lie between two. */
export function rangeOf(stops: readonly Money[], { minPrice, maxPrice, currency }: EventSearch): [number, number] {
  const last = stops.length - 1;
  if (stops[0]?.currency !== currency) return [0, last];
  const from = stops.findLastIndex(({ amount }) => amount <= (minPrice ?? 0));
  const to = maxPrice === undefined ? last : stops.findIndex(({ amount }) => amount >= maxPrice);
  return [Math.max(0, from), to < 0 ? last : to];
}

/** What a search asks for when the ends stand there. */
export function pricesOf(
  stops: readonly Money[],
  [from, to]: readonly [number, number],
): { [K in "minPrice" | "maxPrice" | "currency"]: EventSearch[K] | undefined } {
  const minPrice = from === 0 ? undefined : stops[from]?.amount;
  const maxPrice = to === stops.length - 1 ? undefined : stops[to]?.amount;
  const currency = minPrice === undefined && maxPrice === undefined ? undefined : stops[0]?.currency;
  return { minPrice, maxPrice, currency };
}
