import { describe, expect, it } from "vitest";
import { makeSeatMap } from "../model/fixtures";
import { compilePlan } from "../model/plan";
import { SeatGrid } from "../model/seat-grid";
import { EdgeNamesPainter } from "./edge-names-painter";
import { placesOfRowNames } from "./row-names";

const plan = compilePlan(makeSeatMap(1, 6, 40, () => 0));
const painter = new EdgeNamesPainter(plan, new SeatGrid(plan), placesOfRowNames(plan));
const view = { width: 390, height: 300 };
const names = (x: number, y: number) =>
  painter.placesIn({ x, y, scale: 1.4 }, view).map(({ row, x: at }) => ({ name: plan.rows[row]?.name, at }));

describe("row names at the edge", () => {
  it("name every row in view whose own names are out of it", () => {
    expect(names(300, 300).map(({ name }) => name)).toEqual(["A", "B", "C", "D", "E", "F"].slice(0, 6).filter(Boolean));
    for (const { at } of names(300, 300)) expect(at).toBeLessThan(30);
  });

  it("leave rows alone that are named in view", () => {
    expect(names(60, 300)).toEqual([]);
  });
});
