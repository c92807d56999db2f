import type { Point } from "../model/document";
import { addBoxedArea, addIcon, addPolygon, addRows, addTable, addText, type Change } from "../model/draw";
import { alongArc, blockOf, fanOf, fittingSeats } from "../model/layout";
import type { Editor } from "./editor";

/** What the texts of new tables are; in the organiser's language. */
export interface DrawTexts {
  table: (name: string) => string;
  chair: string;
  stage: string;
  icon: (icon: Editor["state"]["draw"]["icon"]) => string;
}

/** The rows that a drag from one point to another draws with the tool that is chosen. */
export function rowsOfDrag({ state, document }: Editor, from: Point, to: Point): Point[][] {
  const { tool, draw } = state;
  const { pitch, rowPitch, bend, skew } = draw;
  if (tool === "row") {
    const end = snapAngle(from, to, anglesOf(document.zones));
    const count = fittingSeats(from, end, pitch, bend);
    const length = Math.hypot(end.x - from.x, end.y - from.y) || 1;
    const used = bend === 0 ? ((count - 1) * pitch) / length : 1;
    const last = { x: from.x + (end.x - from.x) * used, y: from.y + (end.y - from.y) * used };
    return [alongArc(from, last, count, bend)];
  }
  const [width, height] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  const origin = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) };
  const shape = {
    rows: Math.floor(height / rowPitch) + 1,
    seats: Math.floor(width / pitch) + 1,
    pitch,
    rowPitch,
    bend,
    skew,
  };
  return placed(blockOf(shape), origin);
}

/** The rows that one press draws: as many as the options say, in the middle of it. */
export function rowsOfPress({ state }: Editor, at: Point): Point[][] {
  const { tool, draw } = state;
  if (tool === "fan") {
    const half = draw.span / 2;
    const { rows, radius, pitch, rowPitch } = draw;
    return placed(fanOf({ rows, radius, from: 90 - half, to: 90 + half, pitch, rowPitch }), at);
  }
  const rows = tool === "row" ? 1 : draw.rows;
  const width = (draw.seats - 1) * draw.pitch + (rows - 1) * draw.skew;
  const height = (rows - 1) * draw.rowPitch;
  return placed(blockOf({ ...draw, rows }), { x: at.x - width / 2, y: at.y - height / 2 });
}

function placed(rows: Point[][], at: Point): Point[][] {
  return rows.map((row) => row.map(({ x, y }) => ({ x: at.x + x, y: at.y + y })));
}

export function addDrawnRows(editor: Editor, rows: readonly (readonly Point[])[]): void {
  const { section, numbering, category } = editor.state.draw;
  editor.apply(addRows(editor.document, section, rows, numbering, category));
}

/** What one press adds, or the keyboard in the middle of the view; undefined where the tool needs more than a point. */
export function changeOfPress(editor: Editor, at: Point, texts: DrawTexts): Change | undefined {
  const { document, state } = editor;
  const { section, category, numbering, chairs, long, ends, caption, icon, areaKind } = state.draw;
  const tables = { label: texts.table, chair: texts.chair };
  switch (state.tool) {
    case "row":
    case "block":
    case "fan":
      return addRows(document, section, rowsOfPress(editor, at), numbering, category);
    case "roundTable":
      return addTable(document, section, at, { kind: "round", chairs }, tables, category);
    case "table":
      return addTable(document, section, at, { kind: "rectangular", long, ends }, tables, category);
    case "text":
      return addText(document, section, at, caption === "" ? texts.stage : caption);
    case "icon":
      return addIcon(document, section, at, icon, texts.icon(icon));
    case "polygon":
      return addPolygon(document, section, around(at), areaKind, captionOf(editor, texts));
    case "rectangle":
    case "ellipse": {
      const [from, , to] = around(at);
      return from && to && addBoxedArea(document, section, state.tool, from, to, areaKind, captionOf(editor, texts));
    }
    default:
      return undefined;
  }
}

export function captionOf({ state }: Editor, texts: DrawTexts): string {
  const { caption, areaKind } = state.draw;
  return caption === "" && areaKind === "stage" ? texts.stage : caption;
}

const [usualWidth, usualHeight] = [200, 80];

function around({ x, y }: Point): Point[] {
  const [left, top] = [x - usualWidth / 2, y - usualHeight / 2];
  return [
    { x: left, y: top },
    { x: left + usualWidth, y: top },
    { x: left + usualWidth, y: top + usualHeight },
    { x: left, y: top + usualHeight },
  ];
}

const angleStep = 15;
const angleReach = 3;

/** Angles of rows that are there already: a new one beside them is meant to run alike. */
export function anglesOf(zones: Editor["document"]["zones"]): number[] {
  const angles = new Set<number>();
  for (const { rows } of zones) {
    for (const { seats } of rows.slice(0, 40)) {
      const [first, last] = [seats[0], seats.at(-1)];
      if (first === undefined || last === undefined || first === last) continue;
      angles.add(Math.round((Math.atan2(last.y - first.y, last.x - first.x) * 1800) / Math.PI) / 10);
    }
  }
  return [...angles];
}

/** Turned to a neighbour's angle, or to a twenty-fourth of a circle, where it is nearly that. */
export function snapAngle(from: Point, to: Point, angles: readonly number[]): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  const candidates = [...angles, ...angles.map((one) => one + 180), Math.round(angle / angleStep) * angleStep];
  const away = (one: number): number => Math.abs(((((angle - one) % 360) + 540) % 360) - 180);
  const nearest = candidates.reduce((best, one) => (away(one) < away(best) ? one : best));
  if (away(nearest) > angleReach) return to;
  const radians = (nearest * Math.PI) / 180;
  return { x: from.x + length * Math.cos(radians), y: from.y + length * Math.sin(radians) };
}
