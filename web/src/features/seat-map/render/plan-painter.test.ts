import { describe, expect, it } from "vitest";
import { contrast, parseColour, type Colour } from "@/ui/colours";
import { makeSeatMap } from "../model/fixtures";
import { compilePlan, type PlanArea } from "../model/plan";
import { SeatStates } from "../model/seat-states";
import type { Palette } from "./palette";
import { areaColour, captionColour, sectionColour } from "./plan-painter";

function palette(isDark: boolean): Palette {
  const [paper, ink, muted] = (isDark ? ["#121217", "#f3f1ea", "#aaa7b5"] : ["#fbfaf6", "#17161c", "#5c5967"]).map(
    parseColour,
  ) as [Colour, Colour, Colour];
  const tiers = ["#b45309", "#fde047"].map((css) => ({ solid: css, ink: css, colour: parseColour(css) }));
  return {
    ...{ isDark, font: "", paper, surface: paper, ink, muted, line: muted, accent: ink, accentInk: paper },
    ...{ warn: ink, bad: ink, tiers },
  };
}

const area = (kind: PlanArea["kind"], colour: string | undefined, tier?: number): PlanArea => ({
  ...{ kind, caption: "Stage", captionAt: { x: 0, y: 0 }, outline: [0, 0, 1, 0, 1, 1] },
  ...{ bounds: { left: 0, top: 0, right: 1, bottom: 1 }, colour, tier, isOnSection: false },
});

describe("captionColour", () => {
  it("can be read on every area, whatever colour the plan gives it", () => {
    const colours = [undefined, "#000000", "#ffffff", "#dab486", "#78350f", "#1f2937", "rebeccapurple"];
    for (const isDark of [false, true]) {
      const colour = palette(isDark);
      for (const one of [
        ...colours.flatMap((css) => [area("other", css), area("stage", css)]),
        area("standing", undefined, 0),
        area("standing", undefined, 1),
      ]) {
        expect(contrast(captionColour(one, colour), areaColour(one, colour))).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

describe("sectionColour", () => {
  it("shows no section as sold out before anything is known", () => {
    const plan = compilePlan(makeSeatMap(2, 4, 6, () => 0));
    const states = new SeatStates(plan);
    const colour = () => sectionColour(plan, states, palette(false), 0, undefined);
    const unknown = colour();
    states.update(() => 2);
    expect(colour()).not.toEqual(unknown);
  });
});
