import { describe, expect, it } from "vitest";
import { contrast, parseColour, readableOn, white } from "@/ui/colours";
import { makeSeatMap } from "./fixtures";
import { isInside, outlineOfRows } from "./outline";
import { compilePlan, partsOfSeat, sectionOfSeat } from "./plan";

describe("compilePlan", () => {
  const plan = compilePlan(makeSeatMap(4, 5, 10, () => 0));

  it("knows what a seat is called, in parts", () => {
    expect(partsOfSeat(plan, 61)).toEqual({
      row: { section: "Block 2", name: "B", label: "Block 2, row B", seatFormat: undefined },
      number: "2",
    });
    expect(sectionOfSeat(plan, 61)).toBe(1);
  });

  it("takes an area whose colour is null or missing", () => {
    const map = makeSeatMap(1, 2, 4, () => 0);
    const area = { kind: "other", caption: "", captionAt: { x: 0, y: 0 }, outline: [0, 0, 9, 0, 9, 9] };
    const areas = [{ ...area, colour: null }, area, { ...area, colour: "#dab486" }] as unknown as typeof map.areas;
    expect(compilePlan({ ...map, areas }).areas.map(({ colour }) => colour)).toEqual([undefined, undefined, "#dab486"]);
  });

  it("puts a court that one section surrounds on its ground, and a floor with all sections on it beneath", () => {
    const map = makeSeatMap(2, 8, 20, () => 0);
    const rectangle = (left: number, top: number, right: number, bottom: number) => ({
      kind: "other" as const,
      caption: "",
      captionAt: { x: 0, y: 0 },
      outline: [left, top, right, top, right, bottom, left, bottom],
    });
    const { left, top, right, bottom } = map.bounds;
    const areas = [rectangle(120, 260, 260, 340), rectangle(left, top, right, bottom), rectangle(200, 0, 300, 80)];
    expect(compilePlan({ ...map, areas }).areas.map(({ isOnSection }) => isOnSection)).toEqual([true, false, false]);
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
