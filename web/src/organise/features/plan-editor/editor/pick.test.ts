import { describe, expect, it } from "vitest";
import { SeatGrid } from "@/features/seat-map/model/seat-grid";
import { compile } from "../model/compile";
import type { PlanDocument } from "../model/document";
import { setFloor } from "../model/mean";
import { blockPlan, richPlan } from "../model/samples";
import { anglesOf, snapAngle } from "./drawing";
import { objectsOf, pickAt, pickIn, type Scene } from "./pick";

const sceneOf = (document: PlanDocument, floor?: string): Scene => {
  const compiled = compile(document);
  return { compiled, grid: new SeatGrid(compiled.plan), floor };
};

describe("what a press takes", () => {
  const { document } = blockPlan(3, 4);
  const scene = sceneOf(document);

  it("is a seat, its row or its section", () => {
    expect(pickAt(scene, { x: 26, y: 31 }, "seat", 4).seats.size).toBe(1);
    expect(pickAt(scene, { x: 26, y: 31 }, "row", 4).seats.size).toBe(4);
    expect(pickAt(scene, { x: 26, y: 31 }, "section", 4).seats.size).toBe(12);
  });

  it("is the row between two of its seats, and nothing far from any", () => {
    expect(pickAt(scene, { x: 12.5, y: 0 }, "row", 1).seats.size).toBe(4);
    expect(pickAt(scene, { x: 12.5, y: 0 }, "seat", 1).seats.size).toBe(0);
    expect(pickAt(scene, { x: 500, y: 500 }, "section", 4).seats.size).toBe(0);
  });

  it("is a table with its chairs, wherever it is pressed", () => {
    const hit = pickAt(sceneOf(richPlan()), { x: 900, y: 100 }, "row", 4);
    expect([hit.seats.size, hit.areas.size]).toEqual([8, 1]);
  });

  it("is only of the floor that is shown", () => {
    const upstairs = setFloor(document, document.zones[0]?.key ?? 0, "Upstairs");
    expect(pickAt(sceneOf(upstairs, "Cellar"), { x: 0, y: 0 }, "row", 4).seats.size).toBe(0);
    expect(pickAt(sceneOf(upstairs, "Upstairs"), { x: 0, y: 0 }, "row", 4).seats.size).toBe(4);
    expect(objectsOf(sceneOf(upstairs, "Cellar"))).toEqual([]);
  });
});

describe("what a lasso takes", () => {
  it("is each seat in it, and areas only as a whole", () => {
    const scene = sceneOf(richPlan());
    const line = [
      { x: -20, y: -100 },
      { x: 90, y: -100 },
      { x: 90, y: 40 },
      { x: -20, y: 40 },
    ];
    const box = { left: -20, top: -100, right: 90, bottom: 40 };
    const caught = pickIn(scene, line, box, "seat");
    expect([caught.seats.size, caught.areas.size]).toEqual([8, 0]);
    expect(pickIn(scene, line, box, "section").seats.size).toBe(32);
  });
});

describe("objects", () => {
  it("are each row, each table once, and each area", () => {
    const objects = objectsOf(sceneOf(richPlan()));
    expect(objects).toHaveLength(4 + 4 + 3 + 2);
  });
});

describe("angles", () => {
  it("snap to those of neighbours and to parts of a circle, and stay where they are near neither", () => {
    const { document } = blockPlan(1, 3);
    expect(anglesOf(document.zones)).toEqual([0]);
    expect(snapAngle({ x: 0, y: 0 }, { x: 100, y: 3 }, []).y).toBeCloseTo(0);
    expect(snapAngle({ x: 0, y: 0 }, { x: 100, y: 14 }, [7])).not.toEqual({ x: 100, y: 14 });
    expect(snapAngle({ x: 0, y: 0 }, { x: 100, y: 13 }, [])).toEqual({ x: 100, y: 13 });
  });
});
