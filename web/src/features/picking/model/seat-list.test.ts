import { describe, expect, it } from "vitest";
import { groupFreeSeats, isWithin, listRow, tabStopOf } from "./seat-list";

const row = listRow(
  {
    first: 10,
    name: "C",
    label: "Stalls, row C",
    tier: 0,
    aisles: [3],
    x: [],
    y: [],
    numbers: ["1", "2", "3", "4", "5", "6", "7"],
  },
  "Stalls",
);
const all = () => true;
const ordinals = (groups: ReturnType<typeof groupFreeSeats>) =>
  groups.map(({ seats }) => seats.map((seat) => seat.ordinal));

describe("the list way", () => {
  it("never seats a party across an aisle", () => {
    expect(ordinals(groupFreeSeats(row, 3, all))).toEqual([[10, 11, 12], [13], [14, 15, 16]]);
  });

  it("leaves no free seat out, whatever is taken", () => {
    const taken = new Set([11, 15]);
    expect(ordinals(groupFreeSeats(row, 2, (seat) => !taken.has(seat)))).toEqual([[10], [12, 13], [14], [16]]);
  });

  it("leaves no seat alone at the end of a row", () => {
    const nine = listRow(
      {
        first: 0,
        name: "A",
        label: "A",
        tier: 0,
        x: [],
        y: [],
        numbers: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
      },
      "",
    );
    expect(ordinals(groupFreeSeats(nine, 2, all))).toEqual([[0, 1], [2, 3], [4, 5], [6], [7, 8]]);
    expect(ordinals(groupFreeSeats(nine, 4, all))).toEqual([[0, 1, 2, 3], [4], [5, 6, 7, 8]]);
  });

  it("keeps tiers apart", () => {
    const mixed = listRow(
      {
        first: 0,
        name: "A",
        label: "A",
        tiers: [0, 0, 1, 1],
        x: [],
        y: [],
        numbers: ["1", "2", "3", "4"],
      },
      "",
    );
    expect(groupFreeSeats(mixed, 4, all).map(({ tier, seats }) => [tier, seats.length])).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });
});

describe("the Tab key's stop", () => {
  const groups = groupFreeSeats(row, 2, all);
  const stop = (at: number, canPress: (group: (typeof groups)[number]) => boolean = all) =>
    tabStopOf(groups, at, canPress)?.seats[0]?.ordinal;

  it("is the first group, then the one that had the focus last", () => {
    expect(stop(0)).toBe(10);
    expect(stop(12)).toBe(12);
    expect(stop(13)).toBe(12);
  });

  it("goes on to the next when that group is gone, and begins anew after the last", () => {
    expect(stop(12, ({ seats }) => !seats.some(({ ordinal }) => ordinal === 12))).toBe(14);
    expect(stop(99)).toBe(10);
  });

  it("is never a group that is more than the buyer may still choose", () => {
    const selected = new Set([12, 13]);
    expect(stop(0, (group) => isWithin(group, selected, 0))).toBe(12);
    expect(stop(0, (group) => isWithin(group, new Set(), 0))).toBeUndefined();
  });
});
