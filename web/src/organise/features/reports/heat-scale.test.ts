import { describe, expect, it } from "vitest";
import type { SeatMap } from "@/api/types";
import type { SeatSales } from "../../api/types";
import { heatColours, heatMapOf, heatRows, heatScale, stepOf, stepsBySeat } from "./heat-scale";

const row = (first: number, count: number) => ({
  first,
  name: "A",
  numbers: Array.from({ length: count }, (_, index) => String(index + 1)),
  x: [],
  y: [],
  tier: 0,
});
const map = {
  seatCount: 10,
  tiers: [{ id: "t", colour: "#000000" }],
  areas: [{ kind: "standing", tier: 0 }],
  sections: [
    { name: "Stalls", rows: [row(0, 4), row(4, 2)] },
    { name: "", rows: [row(6, 4)] },
  ],
} as unknown as SeatMap;
const sales = { seats: [0, 1, 4, 6], seconds: [-60, 5, 3600, 90] } as unknown as SeatSales;

describe("the scale of a heat map", () => {
  it("ends its steps at times that people speak of, with about as many seats in each", () => {
    const minutes = Array.from({ length: 100 }, (_, index) => index * 6);
    expect(heatScale(minutes)).toEqual([120, 300, 600]);
    const days = Array.from({ length: 100 }, (_, index) => index * 86_400);
    expect(heatScale(days)).toEqual([30, 60, 120].map((day) => day * 86_400));
  });

  it("has a step of its own for what was sold before the sale, and one for what has no end", () => {
    expect(heatScale([-1, 5])).toEqual([0, 10]);
    expect(heatScale([-1])).toEqual([0]);
    expect(heatScale([])).toEqual([]);
    expect(heatScale([10 ** 9])).toEqual([Infinity]);
  });

  it("puts every sold seat into one step", () => {
    const seconds = [-5, 0, 9, 10, 500, 86_400, 10 ** 9];
    const scale = heatScale(seconds);
    expect(scale).toEqual([...scale].sort((a, b) => a - b));
    const steps = seconds.map((value) => stepOf(scale, value));
    expect(steps.every((step) => step >= 0)).toBe(true);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it("has another colour for each step, in both themes", () => {
    for (const scheme of ["light", "dark"] as const) {
      for (let steps = 1; steps <= 6; steps++) expect(new Set(heatColours(steps, scheme)).size).toBe(steps);
    }
  });
});

describe("the heat map", () => {
  const scale = heatScale(sales.seconds);

  it("colours sold seats alone and leaves areas without a tier", () => {
    const steps = stepsBySeat(map.seatCount, sales, scale);
    const drawn = heatMapOf(map, steps, heatColours(scale.length, "light"));
    expect(drawn.tiers).toHaveLength(scale.length);
    expect(drawn.areas[0]).toHaveProperty("tier", -1);
    const tiers = drawn.sections.flatMap(({ rows }) => rows.flatMap((one) => one.tiers ?? []));
    expect(tiers.flatMap((tier, seat) => (tier < 0 ? [] : [seat]))).toEqual([0, 1, 4, 6]);
    expect(tiers[0]).toBe(0);
    expect(tiers[4]).toBe(scale.length - 1);
  });

  it("is a table of sections too", () => {
    const [stalls, other] = heatRows(map, sales, scale);
    expect(stalls).toMatchObject({ name: "Stalls", seats: 6, sold: 3, median: 5 });
    expect(stalls?.soldBy.at(0)).toBe(1);
    expect(stalls?.soldBy.at(-1)).toBe(3);
    expect(other).toMatchObject({ name: "2", seats: 4, sold: 1, median: 90 });
    expect(heatRows(map, { ...sales, seats: [], seconds: [] }, []).map(({ median }) => median)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
