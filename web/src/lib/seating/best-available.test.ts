import { describe, expect, it } from "vitest";
import type { SeatMap } from "@/api/types";
import { bestTogether, canSeatWithoutOrphan } from "./best-available";
import { layoutOf } from "./seat-layout";

/** Rows of eight before a stage in the middle; "." free, "x" taken; the last of several rows is of another tier. */
function hall(...patterns: string[]) {
  const rows = patterns.map((_, row) => ({
    first: row * 8,
    name: String.fromCodePoint(65 + row),
    label: `Row ${String.fromCodePoint(65 + row)}`,
    tier: row > 0 && row === patterns.length - 1 ? 1 : 0,
    x: Array.from({ length: 8 }, (_seat, seat) => seat * 25),
    y: Array.from({ length: 8 }, () => 100 + row * 40),
    numbers: Array.from({ length: 8 }, (_seat, seat) => `${seat + 1}`),
  }));
  const seatMap = {
    seatCount: patterns.length * 8,
    seatRadius: 10,
    focalPoint: { x: 87.5, y: 0 },
    sections: [{ name: "", outline: [], rows }],
  } as unknown as SeatMap;
  const states = patterns.join("");
  return { layout: layoutOf(seatMap), isFree: (seat: number) => states[seat] === "." };
}

describe("the best seats", () => {
  const best = (size: number, ...patterns: string[]) => {
    const { layout, isFree } = hall(...patterns);
    return bestTogether(layout, 0, size, isFree);
  };

  it("are side by side and nearest to the stage", () => {
    expect(best(2, "........", "........", "........")).toEqual([3, 4]);
  });

  it("are a little farther where the nearest would leave a single seat", () => {
    expect(best(2, "xx...xxx", "x......x", "........")).toEqual([11, 12]);
  });

  it("leave a single seat where there is no other way, and are none where there is no room", () => {
    expect(best(2, "xx...xxx", "xxxxxxxx", "........")).toEqual([3, 4]);
    expect(best(2, "x.x.x.x.", "xxxxxxxx", "........")).toBeUndefined();
  });
});

describe("the rule for single seats", () => {
  it("stops nobody who could sit in no other way, as the server's does", () => {
    const { layout, isFree } = hall("xx...xxx");
    expect(canSeatWithoutOrphan(layout, 0, 2, isFree)).toBe(false);
    expect(canSeatWithoutOrphan(layout, 0, 3, isFree)).toBe(true);
  });
});
