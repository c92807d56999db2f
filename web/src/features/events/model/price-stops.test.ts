import { expect, it } from "vitest";
import { pricesOf, priceStops, rangeOf } from "./price-stops";

const prices = (min: number, max: number, currency = "USD") => ({
  min: { amount: min, currency },
  max: { amount: max, currency },
});
const amounts = (min: number, max: number) => priceStops(prices(min, max)).map(({ amount }) => amount);

it("priceStops_any prices_are round, few, and leave neither end out", () => {
  expect(amounts(0, 10_000)).toHaveLength(21);
  expect(amounts(1250, 24_900)).toEqual([0, ...Array.from({ length: 13 }, (_, index) => (index + 1) * 2000)]);
  for (const [min, max] of [
    [900, 123_456],
    [1, 2],
    [5000, 5000],
    [0, 0],
    [99_999, 1_000_000_00],
  ] as const) {
    const stops = amounts(min, max);
    expect(stops.length).toBeGreaterThan(1);
    expect(stops.length).toBeLessThan(25);
    expect(stops[0]).toBeLessThanOrEqual(min);
    expect(stops.at(-1)).toBeGreaterThanOrEqual(max);
  }
});

it("rangeOf_prices of an address_stand at the stops around them", () => {
  const stops = priceStops(prices(0, 10_000));
  expect(rangeOf(stops, {})).toEqual([0, 20]);
  expect(rangeOf(stops, { minPrice: 2600, maxPrice: 5000, currency: "USD" })).toEqual([5, 10]);
  expect(rangeOf(stops, { maxPrice: 99_999, currency: "USD" })).toEqual([0, 20]);
  expect(rangeOf(stops, { maxPrice: 5000, currency: "EUR" })).toEqual([0, 20]);
});

it("pricesOf_an end that leaves nothing out_asks for nothing", () => {
  const stops = priceStops(prices(0, 10_000));
  expect(pricesOf(stops, [0, 20])).toEqual({ minPrice: undefined, maxPrice: undefined, currency: undefined });
  expect(pricesOf(stops, [5, 20])).toEqual({ minPrice: 2500, maxPrice: undefined, currency: "USD" });
  expect(pricesOf(stops, [0, 0])).toEqual({ minPrice: undefined, maxPrice: 0, currency: "USD" });
});
