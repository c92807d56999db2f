import { expect, it } from "vitest";
import { bestTogether } from "./best-available";
import { maskOf, mayTake, needsOf, wishOf } from "./needs";
import type { SeatLayout } from "./seat-layout";

/** One row, as in the server's tests: w for a wheelchair, c companion, r restricted view, a aisle. */
function row(text: string): SeatLayout {
  const bits: Record<string, number> = { w: 1, c: 2, r: 4, a: 8 };
  const seats = [...text];
  return {
    tier: seats.map(() => 0),
    isBesideNext: seats.map((_, index) => (index + 1 < seats.length ? 1 : 0)),
    rowStarts: [0, seats.length],
    distance: seats.map((_, index) => Math.abs(index - (seats.length - 1) / 2)),
    attributes: Uint8Array.from(seats, (seat) => bits[seat] ?? 0),
  };
}

const best = (text: string, size: number, need?: "wheelchair" | "aisle" | "fullView") =>
  bestTogether(row(text), 0, size, () => true, wishOf(need, true));

it("bestTogether_nothing needed_leaves reserved places to others", () => {
  expect(best("..wc..", 2)).toEqual([0, 1]);
  expect(best("..wc..", 3)).toBeUndefined();
});

it.each([
  [1, [4]],
  [2, [4, 5]],
  [3, [3, 4, 5]],
])("bestTogether_a wheelchair in a party of %i_has its place, and the others beside it", (size, expected) => {
  expect(best("....wc....", size, "wheelchair")).toEqual(expected);
});

it("bestTogether_aisle and full view_are found as the server finds them", () => {
  expect(best("rr....a", 2, "aisle")).toEqual([5, 6]);
  expect(best("..r....", 3, "fullView")).toEqual([4, 5, 6]);
});

it("needsOf_a hall_has only what its seats say", () => {
  expect(needsOf(row("...."))).toEqual([]);
  expect(needsOf(row("wc.r"))).toEqual(["wheelchair", "fullView"]);
});

it("maskOf and mayTake_wheelchair_are its place and the companion's", () => {
  const hall = row(".wcr");
  expect([...(maskOf(hall, "wheelchair") ?? [])]).toEqual([0, 1, 1, 0]);
  expect([0, 1, 2, 3].filter(mayTake(hall, undefined, true))).toEqual([0, 3]);
  expect([0, 1, 2, 3].filter(mayTake(hall, undefined, false))).toEqual([0, 1, 2, 3]);
  expect([0, 1, 2, 3].filter(mayTake(hall, "wheelchair", true))).toEqual([1, 2]);
});
