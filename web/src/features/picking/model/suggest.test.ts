import { describe, expect, it } from "vitest";
import type { SeatMap } from "@/api/types";
import { suggestNear } from "./suggest";

/** Rows of eight, 25 apart, an aisle after the fourth; "." free, "c" free for a companion, "x" taken; the last row is of another tier. */
function hall(...patterns: string[]) {
  const rows = patterns.map((pattern, row) => ({
    attributes: [...pattern.replaceAll(" ", "")].map((seat) => (seat === "c" ? 2 : 0)),
    first: row * 8,
    name: String.fromCodePoint(65 + row),
    label: `Row ${String.fromCodePoint(65 + row)}`,
    tier: row === patterns.length - 1 && patterns.length > 2 ? 1 : 0,
    aisles: [3],
    x: Array.from({ length: 8 }, (_seat, seat) => seat * 25),
    y: Array.from({ length: 8 }, () => row * 40),
    numbers: Array.from({ length: 8 }, (_seat, seat) => `${seat + 1}`),
  }));
  const seatCount = rows.length * 8;
  const focalPoint = { x: 0, y: 0 };
  const seatMap = {
    seatCount,
    seatRadius: 10,
    focalPoint,
    sections: [{ name: "", outline: [], rows }],
  } as unknown as SeatMap;
  const states = patterns.map((pattern) => pattern.replaceAll(" ", "")).join("");
  return (lost: number, size: number, kept: readonly number[] = [], orphanRule = false) =>
    suggestNear(seatMap, {
      lost,
      size,
      kept: new Set(kept),
      isFree: (seat) => states[seat] !== "x",
      orphanRule,
    })?.map(({ row, number }) => `${row.label}, seat ${number}`);
}

describe("suggestNear", () => {
  it("offers the neighbours of a lost seat", () => {
    expect(hall("xxx. x...", "........")(4, 2)).toEqual(["Row A, seat 6", "Row A, seat 7"]);
  });

  it("offers no companion's place instead of another seat", () => {
    expect(hall("xxxx xc..", "........")(4, 1)).toEqual(["Row A, seat 7"]);
  });

  it("stays on this side of an aisle", () => {
    expect(hall("xxx. .xxx", "xxxx xxxx")(2, 2)).toBeUndefined();
  });

  it("offers the seat beside those that are kept, though another is nearer to the lost one", () => {
    expect(hall("..x. ....", "........")(2, 1, [0])).toEqual(["Row A, seat 2"]);
    expect(hall("x... ....", "........")(0, 1, [1])).toEqual(["Row A, seat 3"]);
  });

  it("closes in on both sides of those that are kept", () => {
    expect(hall("x... xxxx", "xxxxxxxx")(0, 2, [2])).toEqual(["Row A, seat 2", "Row A, seat 4"]);
  });

  it("offers nothing that would leave a single seat where that is not allowed", () => {
    expect(hall("xxxx x...", "xxxx xxxx")(4, 2)).toEqual(["Row A, seat 6", "Row A, seat 7"]);
    expect(hall("xxxx x...", "xxxx xxxx")(4, 2, [], true)).toBeUndefined();
    expect(hall("xxxx x...", "xxxx ....")(4, 2, [], true)).toEqual(["Row B, seat 5", "Row B, seat 6"]);
  });

  it("goes to the row behind, just behind, when there is nothing in the same one", () => {
    expect(hall("xxxx xxxx", "........")(6, 2)?.[0]).toMatch(/^Row B, seat [67]$/);
  });

  it("does not offer dearer or cheaper seats", () => {
    expect(hall("xxxx xxxx", "xxxx xxxx", "........")(6, 2)).toBeUndefined();
  });
});
