import type { TierFilter } from "@/lib/seat-picker";
import type { Box } from "../model/camera";
import { black, contrast, inkOn, mix, parseColour, toCss, white, type Colour } from "@/ui/colours";
import { detailAt, type Detail } from "../model/level-of-detail";
import type { Plan, PlanArea, PlanSection } from "../model/plan";
import type { SeatGrid } from "../model/seat-grid";
import type { SeatStates } from "../model/seat-states";
import { Glyph, GlyphSheet } from "./glyphs";
import type { Palette } from "./palette";
import { placesOfRowNames, type RowName } from "./row-names";

type Context = OffscreenCanvasRenderingContext2D;

/** How full a section is shown in so many steps: a sale of one seat in a thousand draws nothing anew. */
const fillSteps = 12;
const hatchPixels = 7;

/** Draws the plan itself, by tiles: areas, sections, seats, in the detail that the scale allows. */
export class PlanPainter {
  readonly #plan: Plan;
  readonly #grid: SeatGrid;
  readonly #states: SeatStates;
  readonly #sectionPaths: Path2D[];
  readonly #areaPaths: Path2D[];
  readonly rowNames: readonly RowName[];
  #hatch: CanvasPattern | null | undefined;
  #sheets = new Map<number, GlyphSheet>();
  #palette: Palette;
  pixelRatio = 1;
  /** Only these tiers' seats are shown as free. */
  filter: TierFilter;

  constructor(plan: Plan, grid: SeatGrid, states: SeatStates, palette: Palette) {
    this.#plan = plan;
    this.#grid = grid;
    this.#states = states;
    this.#palette = palette;
    this.#sectionPaths = plan.sections.map(({ outline }) => pathOf(outline));
    this.#areaPaths = plan.areas.map(({ outline }) => pathOf(outline));
    this.rowNames = placesOfRowNames(plan);
  }

  set palette(palette: Palette) {
    this.#palette = palette;
    this.#sheets.clear();
    this.#hatch = undefined;
  }

  get palette(): Palette {
    return this.#palette;
  }

  /** Which of the steps a section's colour is at, for telling whether it must be drawn anew. */
  fillStep(section: number): number {
    const { first, end } = this.#plan.sections[section] as PlanSection;
    const free = this.#states.freeIn(section, this.filter);
    return free === 0 ? 0 : Math.ceil((free / Math.max(1, end - first)) * fillSteps);
  }

  /** The margin around sections and seats that may be drawn beyond their centres. */
  get reach(): number {
    return this.#plan.maxRadius + this.#plan.pitch;
  }

  paint = (context: Context, box: Box, scale: number, part: Box): boolean => {
    const detail = detailAt(this.#plan, scale / this.pixelRatio);
    let isPainted = false;
    context.setTransform(scale, 0, 0, scale, -box.left * scale, -box.top * scale);
    const paintAreas = (isOnSection: boolean): void =>
      this.#plan.areas.forEach((area, index) => {
        if (area.isOnSection !== isOnSection || !touches(area.bounds, part, 0)) return;
        this.#paintArea(context, area, this.#areaPaths[index] as Path2D, scale);
        isPainted = true;
      });
    paintAreas(false);
    this.#plan.sections.forEach((section, index) => {
      if (!touches(section.bounds, part, this.reach)) return;
      this.#paintSection(context, index, detail, scale);
      isPainted = true;
    });
    paintAreas(true);
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (detail.hasSeats) isPainted = this.#paintSeats(context, box, scale, detail, part) || isPainted;
    return isPainted;
  };

  #paintArea(context: Context, area: PlanArea, path: Path2D, scale: number): void {
    context.fillStyle = toCss(areaColour(area, this.#palette));
    context.fill(path);
    if (area.kind !== "standing") return;
    context.strokeStyle = this.#palette.tiers[area.tier ?? -1]?.solid ?? toCss(this.#palette.line);
    context.lineWidth = (1.5 * this.pixelRatio) / scale;
    context.stroke(path);
  }

  #paintSection(context: Context, index: number, detail: Detail, scale: number): void {
    const { paper, ink, surface, isDark } = this.#palette;
    const path = this.#sectionPaths[index] as Path2D;
    // Seats lie on a quiet ground; where they cannot be seen yet, the ground itself says how many are free.
    const ground = isDark ? surface : mix(paper, ink, 0.045);
    const colour = toCss(
      detail.hasSeats ? ground : sectionColour(this.#plan, this.#states, this.#palette, index, this.filter),
    );
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.lineJoin = "round";
    context.lineWidth = 2 * this.#margin(scale);
    context.fill(path);
    context.stroke(path);
    if (detail.hasSeats || !this.#states.isKnown || this.#states.freeIn(index, this.filter) > 0) return;
    // Sold out is hatched: in grey alone it could be a tier's colour.
    const hatch = this.#hatchPattern(context);
    hatch?.setTransform(new DOMMatrix().scaleSelf(this.pixelRatio / scale));
    context.fillStyle = hatch ?? colour;
    context.fill(path);
  }

  #hatchPattern(context: Context): CanvasPattern | null {
    if (this.#hatch !== undefined) return this.#hatch;
    const image = new OffscreenCanvas(hatchPixels, hatchPixels);
    const lines = image.getContext("2d");
    if (lines !== null) {
      lines.strokeStyle = toCss(this.#palette.ink, this.#palette.isDark ? 0.2 : 0.13);
      lines.lineWidth = 1.2;
      lines.beginPath();
      for (const shift of [-hatchPixels, 0, hatchPixels]) {
        lines.moveTo(shift - 1, hatchPixels + 1);
        lines.lineTo(shift + hatchPixels + 1, -1);
      }
      lines.stroke();
    }
    this.#hatch = context.createPattern(image, "repeat");
    return this.#hatch;
  }

  /** How far a section's ground reaches beyond the centres of its outermost seats. */
  #margin(scale: number): number {
    const gap = (1.5 * this.pixelRatio) / scale;
    return Math.max(this.#plan.pitch * 0.72 - gap / 2, this.#plan.pitch * 0.3);
  }

  #paintSeats(context: Context, box: Box, scale: number, detail: Detail, part: Box): boolean {
    const { x, y, radius, tier, numbers } = this.#plan;
    const sheet = this.#sheet(scale);
    const { tiers, muted } = this.#palette;
    const margin = this.#plan.maxRadius * 1.2;
    const around = {
      left: part.left - margin,
      top: part.top - margin,
      right: part.right + margin,
      bottom: part.bottom + margin,
    };
    const toNumber: number[] = [];
    let isPainted = false;
    this.#grid.forEachIn(around, (seat) => {
      const glyph = this.glyphOf(seat);
      const seatTier = tier[seat] as number;
      const sprite = sheet.sprite(glyph, seatTier, radius[seat] as number);
      let left = ((x[seat] as number) - box.left) * scale - sprite.width / 2;
      let top = ((y[seat] as number) - box.top) * scale - sprite.height / 2;
      // Large discs on whole pixels are crisp; small ones would dance.
      if (detail.hasGlyphs) [left, top] = [Math.round(left), Math.round(top)];
      context.drawImage(sprite, left, top);
      if (detail.hasNumbers && glyph === Glyph.free) toNumber.push(seat);
      isPainted = true;
    });
    context.textAlign = "center";
    context.textBaseline = "middle";
    if (toNumber.length > 0) {
      for (const seat of toNumber) {
        const text = numbers[seat] ?? "";
        const size = (radius[seat] as number) * scale * (text.length > 2 ? 0.78 : 0.95);
        context.font = `600 ${size.toFixed(1)}px ${this.#palette.font}`;
        context.fillStyle = tiers[tier[seat] as number]?.ink ?? toCss(muted);
        context.fillText(
          text,
          ((x[seat] as number) - box.left) * scale,
          ((y[seat] as number) - box.top) * scale + size * 0.05,
        );
      }
    }
    if (detail.hasRowNames) this.#paintRowNames(context, box, scale, part);
    return isPainted;
  }

  #paintRowNames(context: Context, box: Box, scale: number, part: Box): void {
    const { pitch, rows } = this.#plan;
    const size = Math.min(pitch * 0.46 * scale, 15 * this.pixelRatio);
    context.font = `600 ${size.toFixed(1)}px ${this.#palette.font}`;
    context.fillStyle = toCss(this.#palette.muted);
    for (const { x, y, row } of this.rowNames) {
      if (x < part.left - pitch || x > part.right + pitch || y < part.top - pitch || y > part.bottom + pitch) continue;
      context.fillText(rows[row]?.name ?? "", (x - box.left) * scale, (y - box.top) * scale);
    }
  }

  glyphOf(seat: number): Glyph {
    const state = this.#states.states[seat] as Glyph;
    const isOther = this.filter?.has(this.#plan.tier[seat] as number) === false || !this.#states.isLookedAt(seat);
    return state === Glyph.free && isOther ? Glyph.pale : state;
  }

  #sheet(scale: number): GlyphSheet {
    const known = this.#sheets.get(scale);
    if (known !== undefined) return known;
    // Only few scales are of use at once; a pinch goes through many.
    if (this.#sheets.size > 4) this.#sheets.clear();
    const sheet = new GlyphSheet(this.#palette, scale);
    this.#sheets.set(scale, sheet);
    return sheet;
  }
}

/** A section seen as a whole: its tier's colour, paler the less is left, grey when nothing is. */
export function sectionColour(
  plan: Plan,
  states: SeatStates,
  palette: Palette,
  index: number,
  filter: TierFilter,
): Colour {
  const { first, end } = plan.sections[index] as PlanSection;
  const gone = mix(palette.paper, palette.ink, palette.isDark ? 0.16 : 0.1);
  let [tier, most, sum] = [-1, 0, 0];
  for (let candidate = 0; candidate < plan.tierCount; candidate++) {
    if (filter?.has(candidate) === false) continue;
    const free = states.freeOf(index, candidate);
    sum += free;
    if (free > most) [tier, most] = [candidate, free];
  }
  const colour = palette.tiers[tier]?.colour;
  if (colour === undefined) return states.isKnown ? gone : mix(palette.paper, palette.ink, 0.06);
  const share = Math.ceil((sum / Math.max(1, end - first)) * fillSteps) / fillSteps;
  // As strong as the ink upon it still reads well.
  return mix(palette.isDark ? gone : palette.paper, colour, palette.isDark ? 0.3 + 0.4 * share : 0.22 + 0.5 * share);
}

/** Decoration stays in the background, in light and in dark; standing areas wear their tier. */
export function areaColour(area: PlanArea, palette: Palette): Colour {
  const tier = palette.tiers[area.tier ?? -1]?.colour;
  if (area.kind === "standing" && tier !== undefined) return mix(palette.paper, tier, palette.isDark ? 0.28 : 0.16);
  if (area.kind === "stage")
    return palette.isDark ? mix(palette.paper, palette.ink, 0.22) : mix(palette.ink, palette.paper, 0.08);
  const own = area.colour === undefined ? palette.line : parseColour(area.colour);
  return mix(palette.paper, own, palette.isDark ? 0.12 : 0.5);
}

/** Least contrast of a caption with its ground: WCAG 1.4.3. */
const captionContrast = 4.5;

/** What an area's caption is written in, as it can be read on that area. */
export function captionColour(area: PlanArea, palette: Palette): Colour {
  const ground = area.outline.length === 0 ? palette.paper : areaColour(area, palette);
  const tier = palette.tiers[area.tier ?? -1]?.colour;
  const wanted = tier === undefined ? palette.muted : mix(tier, palette.ink, 0.45);
  // Of black and white one always reads well; the page's own inks look better where they do.
  const inks = [wanted, inkOn(ground, palette.ink, palette.paper), inkOn(ground, black, white)];
  return inks.find((ink) => contrast(ink, ground) >= captionContrast) ?? black;
}

function pathOf(outline: readonly number[]): Path2D {
  const path = new Path2D();
  for (let index = 0; index < outline.length; index += 2) {
    path.lineTo(outline[index] as number, outline[index + 1] as number);
  }
  path.closePath();
  return path;
}

function touches(bounds: Box, box: Box, margin: number): boolean {
  return (
    bounds.left - margin < box.right &&
    bounds.right + margin > box.left &&
    bounds.top - margin < box.bottom &&
    bounds.bottom + margin > box.top
  );
}
