import { mix, toCss } from "@/ui/colours";
import type { Palette } from "./palette";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** As SeatState numbers them; a free seat that the filter leaves out is as pale as one of which nothing is known. */
export const Glyph = { free: 0, held: 1, sold: 2, blocked: 3, pale: 4 } as const;
export type Glyph = (typeof Glyph)[keyof typeof Glyph];

/** Below this radius in device pixels a ring or a cross is mud: a dot tells more. */
const shapeRadius = 4;

/** A seat's mark around a centre, radius in device pixels. Shape tells the state, colour only the tier. */
export function drawGlyph(
  context: Context,
  glyph: Glyph,
  x: number,
  y: number,
  radius: number,
  tier: number,
  palette: Palette,
): void {
  const quiet = toCss(mix(palette.paper, palette.ink, palette.isDark ? 0.34 : 0.3));
  const line = Math.max(1, radius * 0.17);
  switch (glyph) {
    case Glyph.free:
      fillDisc(context, x, y, radius, palette.tiers[tier]?.solid ?? quiet);
      break;
    case Glyph.pale:
      fillDisc(context, x, y, radius * 0.8, toCss(mix(palette.paper, palette.ink, 0.13)));
      break;
    case Glyph.held:
      if (radius < shapeRadius) fillDisc(context, x, y, radius * 0.6, quiet);
      else {
        context.beginPath();
        context.arc(x, y, radius * 0.8, 0, 2 * Math.PI);
        context.setLineDash([radius * 0.628, radius * 0.628]);
        context.strokeStyle = toCss(palette.muted);
        context.lineWidth = line;
        context.stroke();
        context.setLineDash([]);
      }
      break;
    case Glyph.sold:
      if (radius < shapeRadius) fillDisc(context, x, y, radius * 0.45, quiet);
      else {
        const arm = radius * 0.4;
        context.beginPath();
        context.moveTo(x - arm, y - arm);
        context.lineTo(x + arm, y + arm);
        context.moveTo(x + arm, y - arm);
        context.lineTo(x - arm, y + arm);
        context.strokeStyle = quiet;
        context.lineWidth = line;
        context.lineCap = "round";
        context.stroke();
      }
      break;
    case Glyph.blocked:
      fillDisc(context, x, y, radius * 0.28, toCss(mix(palette.paper, palette.ink, 0.16)));
      break;
  }
}

export function fillDisc(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

/**
 * The buyer's own: a disc with a check mark and a rim that parts it from its neighbours. In ink, which no tier has: the
 * accent is as violet as some of them.
 */
export function drawChosen(context: Context, x: number, y: number, radius: number, palette: Palette): void {
  fillDisc(context, x, y, radius + Math.max(2, radius * 0.16), toCss(palette.paper));
  fillDisc(context, x, y, radius, toCss(palette.ink));
  context.beginPath();
  context.moveTo(x - radius * 0.42, y + radius * 0.04);
  context.lineTo(x - radius * 0.1, y + radius * 0.36);
  context.lineTo(x + radius * 0.46, y - radius * 0.32);
  context.strokeStyle = toCss(palette.paper);
  context.lineWidth = Math.max(1.5, radius * 0.22);
  context.lineCap = "round";
  context.lineJoin = "round";
  context.stroke();
}

/** Glyphs drawn once for a scale and stamped many times. */
export class GlyphSheet {
  readonly #palette: Palette;
  readonly #scale: number;
  readonly #sprites = new Map<number, OffscreenCanvas>();

  constructor(palette: Palette, scale: number) {
    this.#palette = palette;
    this.#scale = scale;
  }

  /** Its centre is the sprite's centre. */
  sprite(glyph: Glyph, tier: number, planRadius: number): OffscreenCanvas {
    // Only free seats show their tier.
    const key = (Math.round(planRadius * 4) * 5 + glyph) * 64 + (glyph === Glyph.free ? tier + 1 : 0);
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    const radius = planRadius * this.#scale;
    const size = 2 * Math.ceil(radius + 1);
    const sprite = new OffscreenCanvas(size, size);
    const context = sprite.getContext("2d");
    if (context !== null) drawGlyph(context, glyph, size / 2, size / 2, radius, tier, this.#palette);
    this.#sprites.set(key, sprite);
    return sprite;
  }
}
