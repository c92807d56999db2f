import { describe, expect, it } from "vitest";
import type { SeatMap } from "@/api/types";
import { seatsPrice } from "./seats-price";

const map = {
  tiers: [{ id: "stalls" }, { id: "box" }],
  sections: [
    {
      rows: [
        { first: 0, numbers: ["1", "2"], tier: 0 },
        { first: 2, numbers: ["1", "2"], tiers: [0, 1] },
      ],
    },
  ],
} as unknown as SeatMap;
const priceOf = (id: string) => (id === "box" ? 900 : 500);

describe("chosen seats", () => {
  it("cost what their tiers do, whether a row has one or several", () => {
    expect(seatsPrice(map, new Set([0, 2]), priceOf)).toBe(1000);
    expect(seatsPrice(map, new Set([3]), priceOf)).toBe(900);
  });

  it("cost nothing while there are none, or no map", () => {
    expect(seatsPrice(map, new Set(), priceOf)).toBe(0);
    expect(seatsPrice(undefined, new Set([1]), priceOf)).toBe(0);
  });
});
