import type { Money } from "@/api/types";
import { minorDigits } from "@/i18n/format";
import type { EventSearch } from "./event-search";

const steps = [0, 2500, 5000, 10_000];

/**
 * What a place may cost at most, in each currency that events have: free, 25.00, 50.00, 100.00. Where a currency has no
 * minor unit the same figures are amounts of about that worth (2,500 yen). What the address names is a choice too.
 */
export function priceSteps(currencies: readonly string[], chosen: Pick<EventSearch, "maxPrice" | "currency">): Money[] {
  const prices = currencies.flatMap((currency) =>
    steps.map((amount) => ({ amount: amount * 10 ** Math.max(0, minorDigits(currency) - 2), currency })),
  );
  const { maxPrice, currency } = chosen;
  if (maxPrice === undefined || currency === undefined) return prices;
  const isKnown = prices.some((price) => price.amount === maxPrice && price.currency === currency);
  return isKnown ? prices : [...prices, { amount: maxPrice, currency }];
}
