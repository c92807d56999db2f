import {
  defaultRadius,
  originOf,
  type Area,
  type AreaShape,
  type PlanDocument,
  type Point,
  type Zone,
} from "./document";
import { forEachArea, forEachSeat, type Selection } from "./selection";

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const noBox: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

export function isBox(box: Box): boolean {
  return box.left <= box.right;
}

export function include(box: Box, { x, y }: Point, reach = 0): Box {
  return {
    left: Math.min(box.left, x - reach),
    top: Math.min(box.top, y - reach),
    right: Math.max(box.right, x + reach),
    bottom: Math.max(box.bottom, y + reach),
  };
}

export function unionOf(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

export function middleOf(box: Box): Point {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** Turned around the origin by degrees, clockwise as y goes down. */
export function turned({ x, y }: Point, degrees: number): Point {
  if (degrees % 360 === 0) return { x, y };
  const radians = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}

export function shapeOf(area: Area): AreaShape | undefined {
  if (area.shape !== undefined) return area.shape;
  if (area.points !== undefined) return "polygon";
  if (area.size !== undefined) return "rectangle";
  if (area.radii !== undefined) return "ellipse";
  return area.radius !== undefined ? "circle" : undefined;
}

const ellipseCorners = 48;

/** An area's corners around its own origin, before it is turned. */
export function cornersOf(area: Area): readonly Point[] {
  switch (shapeOf(area)) {
    case "polygon":
      return area.points ?? [];
    case "rectangle": {
      const { width = 0, height = 0 } = area.size ?? {};
      return [
        { x: 0, y: 0 },
        { x: width, y: 0 },
        { x: width, y: height },
        { x: 0, y: height },
      ];
    }
    case "ellipse":
      return ellipse(area.radii?.x ?? 0, area.radii?.y ?? 0);
    case "circle":
      return ellipse(area.radius ?? 0, area.radius ?? 0);
    default:
      return [];
  }
}

function ellipse(rx: number, ry: number): Point[] {
  return Array.from({ length: ellipseCorners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / ellipseCorners;
    return { x: rx * Math.cos(angle), y: ry * Math.sin(angle) };
  });
}

/** An area's outline where it stands. */
export function outlineOf(zone: Zone, area: Area): Point[] {
  const origin = originOf(zone, area);
  return cornersOf(area).map((corner) => {
    const { x, y } = turned(corner, area.rotation ?? 0);
    return { x: origin.x + x, y: origin.y + y };
  });
}

/** Where its caption is centred: the format does not turn captions. */
export function captionAt(zone: Zone, area: Area): Point {
  const origin = originOf(zone, area);
  return { x: origin.x + (area.caption?.at.x ?? 0), y: origin.y + (area.caption?.at.y ?? 0) };
}

const letterWidth = 0.56;
const captionSize = 16;

/** The box of an area, its bare caption included. */
export function boxOfArea(zone: Zone, area: Area): Box {
  const box = outlineOf(zone, area).reduce((sum, point) => include(sum, point), noBox);
  if (isBox(box)) return box;
  const at = captionAt(zone, area);
  const size = area.caption?.size ?? captionSize;
  const half = Math.max(1, (area.caption?.text.length ?? 1) * letterWidth * size * 0.5);
  return { left: at.x - half, right: at.x + half, top: at.y - size * 0.6, bottom: at.y + size * 0.6 };
}

export function boxOfSelection(document: PlanDocument, selection: Selection): Box {
  let box = noBox;
  forEachSeat(document, selection, (seat, row, zone) => {
    const origin = originOf(zone, row);
    box = include(box, { x: origin.x + seat.x, y: origin.y + seat.y }, seat.radius ?? defaultRadius);
  });
  forEachArea(document, selection, (area, zone) => {
    box = unionOf(box, boxOfArea(zone, area));
  });
  return box;
}

/** The box around all that is drawn; where nothing is, the sheet. */
export function boxOfPlan(document: PlanDocument): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  let areas = noBox;
  for (const zone of document.zones) {
    for (const row of zone.rows) {
      const origin = originOf(zone, row);
      for (const seat of row.seats) {
        const [x, y, reach] = [origin.x + seat.x, origin.y + seat.y, seat.radius ?? defaultRadius];
        if (x - reach < left) left = x - reach;
        if (x + reach > right) right = x + reach;
        if (y - reach < top) top = y - reach;
        if (y + reach > bottom) bottom = y + reach;
      }
    }
    for (const area of zone.areas ?? []) areas = unionOf(areas, boxOfArea(zone, area));
  }
  const box = unionOf(areas, { left, top, right, bottom });
  return isBox(box) ? box : { left: 0, top: 0, right: document.size.width, bottom: document.size.height };
}

export function isInPolygon(polygon: readonly Point[], { x, y }: Point): boolean {
  let isIn = false;
  for (let index = 0, before = polygon.length - 1; index < polygon.length; before = index, index += 1) {
    const [a, b] = [polygon[index] as Point, polygon[before] as Point];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isIn = !isIn;
  }
  return isIn;
}
