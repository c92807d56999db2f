import type { TierFilter } from "@/lib/seat-picker";
import { toScreen, type Camera, type Point, type Size } from "../model/camera";
import { inkOn, toCss, white } from "@/ui/colours";
import { detailAt } from "../model/level-of-detail";
import type { Plan, PlanArea, PlanSection } from "../model/plan";
import type { SeatStates } from "../model/seat-states";
import type { Palette } from "./palette";
import { captionColour, sectionColour } from "./plan-painter";

const titlePixels = { least: 8, most: 15 };
const detailPixels = { least: 9.5, most: 12 };
const namePixels = 12;
const letterWidth = 0.56;
const lineHeight = 1.15;
/** Prices in a few sections would look like those that have any: they wait until so many have room for theirs. */
const pricedShare = 0.75;
/** A name that is so much longer than the row it stands behind would cover the seats beside it. */
const nameOverRow = 1.6;

/** What is written on the map at every zoom: captions of areas, names of sections and what is to be had there. */
export class LabelsPainter {
  readonly #plan: Plan;
  readonly #states: SeatStates;

  constructor(plan: Plan, states: SeatStates) {
    this.#plan = plan;
    this.#states = states;
  }

  paint(
    context: CanvasRenderingContext2D,
    camera: Camera,
    view: Size,
    palette: Palette,
    filter: TierFilter,
    detailOf: (section: number) => string,
  ): void {
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const area of this.#plan.areas) this.#area(context, area, camera, view, palette);
    const { hasSeats } = detailAt(this.#plan, camera.scale);
    if (hasSeats) {
      this.#names(context, camera, view, palette);
      return;
    }
    const texts = this.#plan.sections.map((section, index) => fit(section, camera.scale, detailOf(index)));
    const priced = texts.filter(({ detail }) => detail !== "");
    const isPriced = priced.filter(({ hasRoom }) => hasRoom).length >= pricedShare * priced.length;
    this.#plan.sections.forEach((section, index) => {
      const at = toScreen(camera, view, section.labelAt);
      const room = section.labelRoom * camera.scale;
      if (at.x < -room || at.y < -room || at.x > view.width + room || at.y > view.height + room) return;
      const ink = inkOn(
        sectionColour(this.#plan, this.#states, palette, index, filter),
        palette.isDark ? palette.paper : palette.ink,
        palette.isDark ? palette.ink : white,
      );
      write(context, texts[index] as SectionText, at, toCss(ink), palette.font, isPriced);
    });
  }

  /** Where seats are drawn, a section's name stands behind its last row. */
  #names(context: CanvasRenderingContext2D, camera: Camera, view: Size, palette: Palette): void {
    context.font = `600 ${namePixels}px ${palette.font}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = toCss(palette.paper);
    context.fillStyle = toCss(palette.muted);
    const out = this.#plan.pitch * 0.75 * camera.scale + namePixels * 0.85;
    for (const { name, back } of this.#plan.sections) {
      const end = toScreen(camera, view, back.at);
      const at = { x: end.x + back.way.x * out, y: end.y + back.way.y * out };
      const width = name.length * namePixels * letterWidth;
      const room = (back.rowLength + this.#plan.pitch) * camera.scale * nameOverRow;
      const isSeen = at.x > -width && at.x < view.width + width && at.y > -width && at.y < view.height + width;
      if (width > room || !isSeen) continue;
      // Along the row, and never upside down.
      const turn = Math.atan2(back.way.y, back.way.x) - Math.PI / 2;
      context.save();
      context.translate(at.x, at.y);
      context.rotate(Math.cos(turn) < -1e-6 ? turn + Math.PI : turn);
      context.strokeText(name, 0, 0);
      context.fillText(name, 0, 0);
      context.restore();
    }
  }

  #area(context: CanvasRenderingContext2D, area: PlanArea, camera: Camera, view: Size, palette: Palette): void {
    if (area.caption === "") return;
    const at = toScreen(camera, view, area.captionAt);
    const width = (area.bounds.right - area.bounds.left) * camera.scale;
    const height = (area.bounds.bottom - area.bounds.top) * camera.scale;
    const sizeOf = (lines: readonly string[]): number => {
      const letters = Math.max(...lines.map(({ length }) => length));
      return Math.min((width * 0.8) / (letters * letterWidth), (height * 0.5) / lines.length, 18);
    };
    const isBare = area.outline.length === 0;
    const [whole, halves] = [[area.caption], inHalves(area.caption)];
    const lines = isBare || sizeOf(whole) >= sizeOf(halves) ? whole : halves;
    const size = isBare ? 13 : sizeOf(lines);
    if (size < 8 || at.x < -width || at.y < -height || at.x > view.width + width || at.y > view.height + height) return;
    context.fillStyle = toCss(captionColour(area, palette));
    context.font = `600 ${size.toFixed(1)}px ${palette.font}`;
    lines.forEach((line, index) =>
      context.fillText(line, at.x, at.y + (index - (lines.length - 1) / 2) * size * lineHeight),
    );
  }
}

interface SectionText {
  title: string;
  /** Zero: it would be too small to read. */
  titleSize: number;
  detail: string;
  detailSize: number;
  hasRoom: boolean;
}

/** What is written on a section, and how large it can be. */
function fit({ shortName, labelRoom }: PlanSection, scale: number, detail: string): SectionText {
  const room = labelRoom * scale;
  const size = Math.min((room * 1.75) / (shortName.length * letterWidth), room * 0.95, titlePixels.most);
  const detailSize = Math.min((room * 1.9) / (detail.length * letterWidth), detailPixels.most);
  const hasRoom = detail !== "" && size >= titlePixels.least && detailSize >= detailPixels.least && room > size + 6;
  const titleSize = shortName !== "" && size >= titlePixels.least ? size : 0;
  return { title: shortName, titleSize, detail, detailSize, hasRoom };
}

function write(
  context: CanvasRenderingContext2D,
  { title, titleSize, detail, detailSize, hasRoom }: SectionText,
  { x, y }: Point,
  ink: string,
  font: string,
  isPriced: boolean,
): void {
  if (titleSize === 0) return;
  const hasDetail = isPriced && hasRoom;
  context.fillStyle = ink;
  context.font = `650 ${titleSize.toFixed(1)}px ${font}`;
  context.fillText(title, x, hasDetail ? y - detailSize * 0.62 : y);
  if (!hasDetail) return;
  context.font = `500 ${detailSize.toFixed(1)}px ${font}`;
  context.fillText(detail, x, y + titleSize * 0.62);
}

/** At the space nearest to its middle. */
function inHalves(caption: string): readonly string[] {
  const spaces = [...caption.matchAll(/ /g)].map(({ index }) => index);
  const [at] = spaces.sort((a, b) => Math.abs(a - caption.length / 2) - Math.abs(b - caption.length / 2));
  return at === undefined ? [caption] : [caption.slice(0, at), caption.slice(at + 1)];
}
