import { describe, expect, it } from "vitest";
import type { OwnBooking } from "../../api/types";
import { paidOf, refundedOf } from "./money";

const eur = (amount: number) => ({ amount, currency: "EUR" });
const payment = (state: string, amount: number, refunded = 0) =>
  ({ state, amount: eur(amount), refunded: eur(refunded) }) as OwnBooking["payments"][number];

describe("a booking's money", () => {
  it("is what came in, however often it was tried", () => {
    const payments = [payment("declined", 4000), payment("succeeded", 4000)];
    expect(paidOf({ payments, total: eur(4000) })).toEqual(eur(4000));
    expect(paidOf({ payments: [payment("started", 4000)], total: eur(4000) })).toEqual(eur(0));
    expect(paidOf({ payments: [payment("refunded", 4000, 4000)], total: eur(4000) })).toEqual(eur(4000));
  });

  it("counts what is on its way back as gone", () => {
    const refunds = [{ amount: eur(1500) }, { amount: eur(500) }] as OwnBooking["refunds"];
    expect(refundedOf({ payments: [payment("succeeded", 4000, 1500)], refunds, total: eur(4000) })).toEqual(eur(2000));
    expect(refundedOf({ payments: [payment("refunded", 4000, 4000)], refunds: [], total: eur(4000) })).toEqual(
      eur(4000),
    );
  });
});
