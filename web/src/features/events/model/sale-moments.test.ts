import { describe, expect, it } from "vitest";
import { crowdSpreadMs, nextMoment, waitMs } from "./sale-moments";

const now = Date.parse("2027-01-01T12:00:00Z");
const times = { onSaleAt: "2027-01-01T12:01:00Z", offSaleAt: "2027-01-02T12:00:00Z" };

describe("nextMoment", () => {
  it("nextMoment_upcoming_is when the sale opens", () => {
    expect(nextMoment({ ...times, saleStatus: "upcoming" })).toBe(now + 60_000);
  });

  it("nextMoment_on sale or sold out_is when the sale ends", () => {
    expect(nextMoment({ ...times, saleStatus: "onSale" })).toBe(now + 86_400_000);
    expect(nextMoment({ ...times, saleStatus: "soldOut" })).toBe(now + 86_400_000);
  });

  it("nextMoment_ended or unreadable_is none", () => {
    expect(nextMoment({ ...times, saleStatus: "ended" })).toBeUndefined();
    expect(nextMoment({ ...times, onSaleAt: "soon", saleStatus: "upcoming" })).toBeUndefined();
  });
});

describe("waitMs", () => {
  it("waitMs_before the moment_never asks early and spreads the crowd", () => {
    const waits = Array.from({ length: 5000 }, () => waitMs(now + 60_000, now, 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000 + crowdSpreadMs);
    // In no tenth of the time come more than twice as many as in the others.
    const tenthOf = (wait: number) => Math.floor(((wait - 60_000) / crowdSpreadMs) * 10);
    const crowds = Array.from({ length: 10 }, (_, tenth) => waits.filter((wait) => tenthOf(wait) === tenth).length);
    expect(Math.max(...crowds)).toBeLessThan(1000);
  });

  it("waitMs_far moment_looks again within minutes, as clocks are put right", () => {
    expect(waitMs(now + 30 * 86_400_000, now, 0)).toBeLessThanOrEqual(10 * 60_000);
  });

  it("waitMs_server still behind_asks ever more seldom", () => {
    const half = () => 0.5;
    const waits = [1, 2, 3, 4, 9].map((failures) => waitMs(now, now, failures, half));
    expect(waits).toEqual([700, 1400, 2800, 5600, 15_000]);
  });
});
