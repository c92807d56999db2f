import { expect, it } from "vitest";
import { priceSteps } from "./price-steps";

const amounts = (currency: string) => priceSteps([currency], {}).map(({ amount }) => amount);

it("priceSteps_currencies with other minor units_have amounts of like worth", () => {
  expect(amounts("USD")).toEqual([0, 2500, 5000, 10_000]);
  expect(amounts("JPY")).toEqual([0, 2500, 5000, 10_000]);
  expect(amounts("KWD")).toEqual([0, 25_000, 50_000, 100_000]);
});

it("priceSteps_a price of the address_is a choice once", () => {
  expect(priceSteps(["USD"], { maxPrice: 700, currency: "USD" }).at(-1)).toEqual({ amount: 700, currency: "USD" });
  expect(priceSteps(["USD"], { maxPrice: 2500, currency: "USD" })).toHaveLength(4);
});
