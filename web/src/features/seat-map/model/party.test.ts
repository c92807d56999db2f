import { describe, expect, it } from "vitest";
import { orphansLeftBy } from "@/lib/seating/orphan-rule";
import { makeSeatMap, seeded } from "./fixtures";
import { partyAround } from "./party";
import { compilePlan } from "./plan";

/** One row of eight, an aisle after the fourth seat: "." free, "x" taken. */
function row(pattern: string) {
  const plan = compilePlan(makeSeatMap(1, 1, 8, () => 0));
  const isFree = (seat: number) => pattern.replaceAll(" ", "")[seat] === ".";
  return { plan, isFree, orphans: (...chosen: number[]) => orphansLeftBy(plan, isFree, new Set(chosen)) };
}

describe("orphansLeftBy", () => {
  it("names a single seat between a chosen and a taken one", () => {
    expect(row("x..x ....").orphans(1)).toEqual([2]);
  });

  it("names a single seat between a chosen one and an aisle or a row's end", () => {
    expect(row(".... ....").orphans(1, 2)).toEqual([0, 3]);
  });

  it("does not count a seat that was single before", () => {
    expect(row("x.x. ....").orphans(3)).toEqual([]);
  });

  it("does not look across an aisle", () => {
    expect(row("..xx xx..").orphans(0, 1)).toEqual([]);
    expect(row(".... ....").orphans(3)).toEqual([]);
    expect(row(".... ....").orphans(4, 5)).toEqual([]);
  });

  it("names a seat between two chosen ones once", () => {
    expect(row(".... ....").orphans(0, 2)).toEqual([1, 3]);
  });

  it("is content when the whole stretch is taken", () => {
    expect(row("x... ....").orphans(1, 2, 3)).toEqual([]);
  });

  it("agrees with the rule read backwards: free, alone afterwards, beside a chosen one", () => {
    const random = seeded(99);
    const { plan } = row("........");
    for (let attempt = 0; attempt < 3000; attempt++) {
      const free = Array.from({ length: 8 }, () => random() < 0.7);
      const chosen = new Set(free.flatMap((isFree, seat) => (isFree && random() < 0.4 ? [seat] : [])));
      const beside = (seat: number) =>
        [seat % 4 > 0 ? seat - 1 : -1, seat % 4 < 3 ? seat + 1 : -1].filter((s) => s >= 0);
      const left = (seat: number) => free[seat] === true && !chosen.has(seat);
      const expected = free.flatMap((_, seat) =>
        left(seat) && beside(seat).some((other) => chosen.has(other)) && !beside(seat).some(left) ? [seat] : [],
      );
      expect(orphansLeftBy(plan, (seat) => free[seat] === true, chosen)).toEqual(expected);
    }
  });
});

describe("partyAround", () => {
  it("takes neighbours of the tapped seat", () => {
    const { plan, isFree } = row(".... ....");
    expect(partyAround(plan, isFree, 5, 4)).toEqual([4, 5, 6, 7]);
  });

  it("prefers seats that leave nobody alone", () => {
    const { plan, isFree } = row(".... ....");
    expect(partyAround(plan, isFree, 1, 2)).toEqual([0, 1]);
    expect(partyAround(plan, isFree, 2, 2)).toEqual([2, 3]);
  });

  it("does not reach over aisles, taken seats or other tiers", () => {
    const { plan, isFree } = row("..x. ....");
    expect(partyAround(plan, isFree, 3, 2)).toBeUndefined();
    expect(partyAround(plan, isFree, 2, 1)).toBeUndefined();
    expect(partyAround(plan, isFree, 0, 2)).toEqual([0, 1]);
  });
});
