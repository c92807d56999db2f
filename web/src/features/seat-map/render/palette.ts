import { inkOn, luminance, parseColour, tierColourOn, toCss, white, type Colour } from "@/ui/colours";

export interface TierPaint {
  /** A free seat. */
  solid: string;
  /** Text on it. */
  ink: string;
  /** As the organiser chose it, for tinting. */
  colour: Colour;
}

/** The page's colours, as a canvas needs them. */
export interface Palette {
  isDark: boolean;
  font: string;
  paper: Colour;
  surface: Colour;
  ink: Colour;
  muted: Colour;
  line: Colour;
  accent: Colour;
  accentInk: Colour;
  warn: Colour;
  bad: Colour;
  tiers: readonly TierPaint[];
}

/** In forced colours the page has the system's, and so has the map; a canvas is not repainted by the browser. */
const systemColours = {
  paper: "Canvas",
  surface: "Canvas",
  ink: "CanvasText",
  "ink-muted": "CanvasText",
  line: "GrayText",
  accent: "Highlight",
  "accent-ink": "HighlightText",
  warn: "LinkText",
  bad: "LinkText",
} as const;

export const forcedColours = "(forced-colors: active)";

/** Asks the style sheet, by way of an element: light-dark() has no value until it colours something. */
export function readPalette(element: HTMLElement, tierColours: readonly string[]): Palette {
  const isForced = matchMedia(forcedColours).matches;
  const probe = document.createElement("span");
  // Where motion is reduced, transitions are not gone but short: a colour asked for at once would still be the last one.
  probe.style.setProperty("transition", "none", "important");
  probe.style.setProperty("forced-color-adjust", "none");
  element.append(probe);
  const read = (name: keyof typeof systemColours): Colour => {
    probe.style.color = isForced ? systemColours[name] : `var(--${name})`;
    return parseColour(getComputedStyle(probe).color);
  };
  const paper = read("paper");
  const ink = read("ink");
  const isDark = luminance(paper) < 0.4;
  const palette: Palette = {
    isDark,
    font: getComputedStyle(element).fontFamily,
    paper,
    surface: read("surface"),
    ink,
    muted: read("ink-muted"),
    line: read("line"),
    accent: read("accent"),
    accentInk: read("accent-ink"),
    warn: read("warn"),
    bad: read("bad"),
    tiers: tierColours.map((css) => {
      const colour = parseColour(css);
      const solid = tierColourOn(paper, ink, colour);
      return { solid: toCss(solid), ink: toCss(inkOn(solid, isDark ? paper : ink, white)), colour };
    }),
  };
  probe.remove();
  return palette;
}
