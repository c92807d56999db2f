import { describe, expect, it } from "vitest";
import { contrast, parseColour, tierColourOn, toCss } from "@/ui/colours";
import { drawChosen } from "./glyphs";
import type { Palette } from "./palette";

/** Paper and ink of each theme as in tokens.css, and of a usual high-contrast theme. */
const themes = { light: ["#fbfaf6", "#17161c"], dark: ["#121217", "#f3f1ea"], forced: ["#000", "#fff"] } as const;
const tiers = ["#b45309", "#1d4ed8", "#0f766e", "#7c3aed", "#be123c", "#4338ca", "#9f1239", "#64748b", "#d97706"];

/** What is filled and stroked, in order. */
function drawn(palette: Partial<Palette>): { filled: string[]; stroked: string[] } {
  const [filled, stroked]: [string[], string[]] = [[], []];
  const context = {
    fillStyle: "",
    strokeStyle: "",
    beginPath: () => undefined,
    arc: () => undefined,
    moveTo: () => undefined,
    lineTo: () => undefined,
    fill: () => filled.push(context.fillStyle),
    stroke: () => stroked.push(context.strokeStyle),
  };
  drawChosen(context as unknown as OffscreenCanvasRenderingContext2D, 0, 0, 10, palette as Palette);
  return { filled, stroked };
}

describe.each(Object.entries(themes))("a chosen seat, %s", (_, [paperCss, inkCss]) => {
  const [paper, ink] = [parseColour(paperCss), parseColour(inkCss)];
  const { filled, stroked } = drawn({ paper, ink });
  const [rim, disc, mark] = [filled[0], filled[1], stroked[0]].map(parseColour);

  it("has a rim and a mark that stand out from its disc", () => {
    expect(contrast(rim ?? paper, disc ?? paper)).toBeGreaterThan(4.5);
    expect(contrast(mark ?? paper, disc ?? paper)).toBeGreaterThan(4.5);
  });

  it.each(tiers)("is not the colour of a free seat of a tier in %s", (css) => {
    const free = tierColourOn(paper, ink, parseColour(css));
    // Which is beside the rim, not beside the disc: lighter or darker is enough to tell them.
    expect(contrast(disc ?? paper, free), toCss(free)).toBeGreaterThan(1.7);
  });
});
