import { describe, expect, it } from "vitest";
import { contrast, parseColour, readableOn, white } from "@/ui/colours";
import { makeSeatMap } from "./fixtures";
import { isInside, outlineOfRows } from "./outline";
import { compilePlan, labelOfSeat, sectionOfSeat } from "./plan";

describe("compilePlan", () => {
  const plan = compilePlan(makeSeatMap(4, 5, 10, () => 0));

  it("names seats as the server does", () => {
    expect(labelOfSeat(plan, 0)).toBe("Block 1, row A, seat 1");
    expect(labelOfSeat(plan, 61)).toBe("Block 2, row B, seat 2");
    expect(sectionOfSeat(plan, 61)).toBe(1);
  });

  it("knows aisles and the ends of rows", () => {
    expect([...plan.isBesideNext.slice(0, 10)]).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 1, 0]);
  });

  it("leaves out what all sections are called, and measures the usual distance", () => {
    expect(plan.sections.map(({ shortName }) => shortName)).toEqual(["1", "2", "3", "4"]);
    expect(plan.pitch).toBeCloseTo(26);
  });

  it("puts a section's label inside of it", () => {
    for (const { outline, labelAt, labelRoom } of plan.sections) {
      expect(isInside(outline, labelAt.x, labelAt.y)).toBe(true);
      expect(labelRoom).toBeGreaterThan(20);
    }
  });
});

describe("outlineOfRows", () => {
  it("follows a fan, where a hull would not", () => {
    const rows = [300, 340, 380].map((radius) => {
      const angles = Array.from({ length: 21 }, (_, index) => ((index - 10) / 10) * 1.2);
      return { x: angles.map((a) => radius * Math.sin(a)), y: angles.map((a) => -radius * Math.cos(a)) };
    });
    const outline = outlineOfRows(rows, 5);
    expect(outline).toBeDefined();
    expect(isInside(outline ?? [], 0, -340)).toBe(true);
    expect(isInside(outline ?? [], 0, -200)).toBe(false);
  });

  it("gives up on rows that cross one another", () => {
    const rows = [
      { x: [0, 50, 100], y: [0, 50, 100] },
      { x: [0, 50, 100], y: [100, 60, 0] },
      { x: [0, 50, 100], y: [-60, 20, 140] },
    ];
    expect(outlineOfRows(rows, 1)).toBeUndefined();
  });
});

describe("readableOn", () => {
  it("changes a colour only as far as it must", () => {
    const blue = parseColour("#1d4ed8");
    expect(readableOn(blue, white, 3)).toEqual(blue);
    const yellow = readableOn(parseColour("#fde047"), white, 3);
    expect(contrast(yellow, white)).toBeGreaterThanOrEqual(3);
    expect(contrast(yellow, white)).toBeLessThan(4);
  });

  it("reads colours as style sheets write them", () => {
    expect(parseColour("#abc")).toEqual([170, 187, 204]);
    expect(parseColour("rgb(1, 2, 3)")).toEqual([1, 2, 3]);
    expect(parseColour("color(srgb 1 0.5 0)")).toEqual([255, 127.5, 0]);
  });
});
