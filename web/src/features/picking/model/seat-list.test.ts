import { describe, expect, it } from "vitest";
import { newOrphans } from "./single-seats";
import { groupFreeSeats, isWithin, listRow, namesOf, tabStopOf } from "./seat-list";

const row = listRow({
  first: 10,
  name: "C",
  label: "Stalls, row C",
  tier: 0,
  aisles: [3],
  x: [],
  y: [],
  numbers: ["1", "2", "3", "4", "5", "6", "7"],
});
const all = () => true;
const ordinals = (groups: ReturnType<typeof groupFreeSeats>) =>
  groups.map(({ seats }) => seats.map((seat) => seat.ordinal));

describe("the list way", () => {
  it("names seats as the server does", () => {
    expect(row.runs[0]?.[1]?.label).toBe("Stalls, row C, seat 2");
  });

  it("calls the row once where several seats of it are named", () => {
    const [first, second] = row.runs.flat();
    const other = listRow({ first: 0, name: "D", label: "Stalls, row D", tier: 0, x: [], y: [], numbers: ["1"] });
    const seats = [first, second, ...other.runs.flat()].filter((seat) => seat !== undefined);
    expect(namesOf(seats)).toEqual(["Stalls, row C, seat 1", "2", "Stalls, row D, seat 1"]);
  });

  it("never seats a party across an aisle", () => {
    expect(ordinals(groupFreeSeats(row, 3, all))).toEqual([[10, 11, 12], [13], [14, 15, 16]]);
  });

  it("leaves no free seat out, whatever is taken", () => {
    const taken = new Set([11, 15]);
    expect(ordinals(groupFreeSeats(row, 2, (seat) => !taken.has(seat)))).toEqual([[10], [12, 13], [14], [16]]);
  });

  it("leaves no seat alone at the end of a row", () => {
    const nine = listRow({
      first: 0,
      name: "A",
      label: "A",
      tier: 0,
      x: [],
      y: [],
      numbers: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    });
    expect(ordinals(groupFreeSeats(nine, 2, all))).toEqual([[0, 1], [2, 3], [4, 5], [6], [7, 8]]);
    expect(ordinals(groupFreeSeats(nine, 4, all))).toEqual([[0, 1, 2, 3], [4], [5, 6, 7, 8]]);
  });

  it("keeps tiers apart", () => {
    const mixed = listRow({
      first: 0,
      name: "A",
      label: "A",
      tiers: [0, 0, 1, 1],
      x: [],
      y: [],
      numbers: ["1", "2", "3", "4"],
    });
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

describe("the check for single seats", () => {
  it("finds the seat that a choice leaves alone", () => {
    expect(newOrphans(row, new Set([11]), all).map((seat) => seat.ordinal)).toEqual([10]);
  });

  it("lets a choice be that leaves company on both sides", () => {
    expect(newOrphans(row, new Set([10, 11]), all)).toEqual([]);
  });

  it("does not blame a choice for a seat that was alone before", () => {
    const free = (seat: number) => seat !== 11;
    expect(newOrphans(row, new Set([12, 13]), free)).toEqual([]);
  });
});
