import { describe, expect, it } from "vitest";
import { parseColour } from "@/ui/colours";
import { makeSeatMap, seeded } from "../model/fixtures";
import { compilePlan, type PlanArea } from "../model/plan";
import { SeatStates } from "../model/seat-states";
import { LabelsPainter } from "./labels-painter";
import type { Palette } from "./palette";

const [paper, ink] = [parseColour("#fbfaf6"), parseColour("#17161c")];
const palette: Palette = {
  ...{ isDark: false, font: "sans-serif", paper, surface: paper, ink, muted: ink, line: ink, accent: ink },
  ...{ accentInk: paper, warn: ink, bad: ink, tiers: [] },
};
const plan = compilePlan(makeSeatMap(4, 30, 40, seeded(1)));
/** Seats are not drawn yet, so sections have their names on them. */
const scale = 3.9 / plan.pitch;

function written(detailOf: (section: number) => string, areas: readonly PlanArea[] = []): string[] {
  const texts: string[] = [];
  const context = { fillText: (text: string) => texts.push(text) } as unknown as CanvasRenderingContext2D;
  const { bounds } = plan;
  const camera = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2, scale };
  const painter = new LabelsPainter({ ...plan, areas }, new SeatStates(plan));
  painter.paint(context, camera, { width: 1200, height: 800 }, palette, undefined, detailOf);
  return texts;
}

describe("what is written on the map", () => {
  it("has prices where most sections have room for theirs", () => {
    expect(written((section) => (section < 3 ? "$59" : "from $1,234,567.89 to $9,999,999"))).toEqual([
      "1",
      "$59",
      "2",
      "$59",
      "3",
      "$59",
      "4",
    ]);
  });

  it("has none where few have: those without would look as if they had no price", () => {
    expect(written((section) => (section < 2 ? "$59" : "from $1,234,567.89 to $9,999,999"))).toEqual([
      "1",
      "2",
      "3",
      "4",
    ]);
  });

  it("has an area's caption in two lines where one would be too small", () => {
    const box = (width: number): PlanArea => ({
      ...{ kind: "standing", caption: "Pitch Standing", captionAt: { x: 0, y: 0 }, outline: [0, 0, 1, 0, 1, 1] },
      ...{ bounds: { left: 0, top: 0, right: width / scale, bottom: 60 / scale } },
      ...{ colour: undefined, tier: 0, isOnSection: false },
    });
    expect(written(() => "", [box(70)]).slice(0, 2)).toEqual(["Pitch", "Standing"]);
    expect(written(() => "", [box(300)])[0]).toBe("Pitch Standing");
  });
});
