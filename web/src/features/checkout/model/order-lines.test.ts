import { expect, test } from "vitest";
import { orderLines } from "./order-lines";

const item = (label: string, amount: number) => ({ id: label, label, price: { amount, currency: "EUR" } }) as never;

test("places without numbers are counted, seats are named one by one", () => {
  const lines = orderLines([item("VIP", 12000), item("Row A, 1", 5000), item("VIP", 12000), item("Row A, 2", 5000)]);
  expect(lines.map(({ label, count }) => [label, count])).toEqual([
    ["VIP", 2],
    ["Row A, 1", 1],
    ["Row A, 2", 1],
  ]);
  expect(lines[0]?.price.amount).toBe(12000);
});
