import type { Plan, PlanArea, PlanRow, PlanSection } from "@/features/seat-map/model/plan";
import { boundsOf } from "@/features/seat-map/model/plan";
import { middleOf as roomIn, outlineOfRows } from "@/features/seat-map/model/outline";
import {
  defaultPitch,
  defaultRadius,
  originOf,
  type Area,
  type PlanDocument,
  type Point,
  type Row,
  type Zone,
} from "./document";
import { boxOfPlan, captionAt, middleOf, outlineOf, type Box } from "./geometry";

/** A plan as the shop's renderer draws it, and the way from its seats and areas back to the document's. */
export interface Compiled {
  document: PlanDocument;
  plan: Plan;
  /** Of each seat, by ordinal. */
  keys: Float64Array;
  traits: Uint8Array;
  /** Ordinal by key. */
  ordinals: ReadonlyMap<number, number>;
  rows: readonly { zone: Zone; row: Row }[];
  areas: readonly { zone: Zone; area: Area }[];
}

/** What buyers see of a section, as far as it did not change, is not worked out again: by the section that it is of. */
const sections = new WeakMap<Zone, Omit<PlanSection, "first" | "end">>();

export function compile(document: PlanDocument): Compiled {
  let seatCount = 0;
  for (const zone of document.zones) for (const row of zone.rows) seatCount += row.seats.length;
  const [x, y, radius] = [new Float32Array(seatCount), new Float32Array(seatCount), new Float32Array(seatCount)];
  const tier = new Int16Array(seatCount);
  const rowOf = new Uint16Array(seatCount);
  const isBesideNext = new Uint8Array(seatCount);
  const numbers: string[] = new Array<string>(seatCount);
  const keys = new Float64Array(seatCount);
  const traits = new Uint8Array(seatCount);
  const ordinals = new Map<number, number>();
  const planRows: PlanRow[] = [];
  const rows: { zone: Zone; row: Row }[] = [];
  const areas: { zone: Zone; area: Area }[] = [];
  const planSections: PlanSection[] = [];
  const tierOf = new Map(document.categories.map(({ name }, index) => [name, index]));
  let [ordinal, maxRadius] = [0, defaultRadius];
  for (const zone of document.zones) {
    for (const area of zone.areas ?? []) areas.push({ zone, area });
    const first = ordinal;
    for (const row of zone.rows) {
      if (row.seats.length === 0) continue;
      const origin = originOf(zone, row);
      const rowFirst = ordinal;
      for (const seat of row.seats) {
        x[ordinal] = origin.x + seat.x;
        y[ordinal] = origin.y + seat.y;
        radius[ordinal] = seat.radius ?? defaultRadius;
        maxRadius = Math.max(maxRadius, radius[ordinal] as number);
        tier[ordinal] = tierOf.get(seat.category) ?? -1;
        rowOf[ordinal] = planRows.length;
        isBesideNext[ordinal] = 1;
        numbers[ordinal] = seat.number;
        keys[ordinal] = seat.key;
        traits[ordinal] = seat.traits;
        ordinals.set(seat.key, ordinal);
        ordinal += 1;
      }
      isBesideNext[ordinal - 1] = 0;
      const parts = {
        section: zone.name ?? "",
        name: row.number,
        label: row.label ?? row.number,
        seatFormat: undefined,
      };
      planRows.push({
        section: planSections.length,
        first: rowFirst,
        count: row.seats.length,
        name: row.number,
        parts,
      });
      rows.push({ zone, row });
    }
    if (ordinal > first) planSections.push({ ...sectionOf(zone), first, end: ordinal });
  }
  const box = boxOfPlan(document);
  const planAreas = areas.map(({ zone, area }) => areaOf(zone, area));
  return {
    document,
    keys,
    traits,
    ordinals,
    rows,
    areas,
    plan: {
      name: document.name,
      seatCount,
      x,
      y,
      radius,
      tier,
      rowOf,
      isBesideNext,
      numbers,
      rows: planRows,
      sections: planSections,
      areas: planAreas,
      tierCount: document.categories.length,
      bounds: box,
      focalPoint: document.focalPoint ?? focusOf(planAreas, box),
      pitch: pitchOf(x, y, isBesideNext),
      maxRadius,
    },
  };
}

function sectionOf(zone: Zone): Omit<PlanSection, "first" | "end"> {
  const known = sections.get(zone);
  if (known !== undefined) return known;
  const made = makeSection(zone);
  sections.set(zone, made);
  return made;
}

function makeSection(zone: Zone): Omit<PlanSection, "first" | "end"> {
  const lines = zone.rows
    .filter(({ seats }) => seats.length > 0)
    .map((row) => {
      const origin = originOf(zone, row);
      return { x: row.seats.map((seat) => origin.x + seat.x), y: row.seats.map((seat) => origin.y + seat.y) };
    });
  const outline = outlineOfRows(lines, defaultRadius) ?? hullOf(lines);
  const bounds = boundsOf(outline);
  const middle = middleOf(bounds);
  const { at, room } = roomIn(outline, middle);
  const last = lines.at(-1);
  const ends = { x: (last?.x.at(-1) ?? 0) - (last?.x[0] ?? 0), y: (last?.y.at(-1) ?? 0) - (last?.y[0] ?? 0) };
  const length = Math.hypot(ends.x, ends.y);
  const back = {
    x: ((last?.x.at(-1) ?? 0) + (last?.x[0] ?? 0)) / 2,
    y: ((last?.y.at(-1) ?? 0) + (last?.y[0] ?? 0)) / 2,
  };
  const across = length === 0 ? { x: 0, y: 1 } : { x: -ends.y / length, y: ends.x / length };
  const isOut = across.x * (back.x - middle.x) + across.y * (back.y - middle.y) >= 0;
  const name = zone.name ?? "";
  return {
    name,
    shortName: name,
    outline,
    bounds,
    labelAt: at,
    back: { at: back, way: isOut ? across : { x: -across.x, y: -across.y }, rowLength: length },
    labelRoom: room + defaultRadius,
  };
}

/** Andrew's monotone chain around all seats. */
function hullOf(lines: readonly { x: readonly number[]; y: readonly number[] }[]): number[] {
  const points = lines.flatMap(({ x, y }) => x.map((px, index) => ({ x: px, y: y[index] as number })));
  points.sort((a, b) => a.x - b.x || a.y - b.y);
  const chain = (sorted: typeof points): typeof points => {
    const hull: typeof points = [];
    for (const point of sorted) {
      for (;;) {
        const [a, b] = [hull.at(-2), hull.at(-1)];
        if (a === undefined || b === undefined) break;
        if ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0) break;
        hull.pop();
      }
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  const hull = [...chain(points), ...chain([...points].reverse())];
  const corners = hull.length > 0 ? hull : points.slice(0, 1);
  return corners.flatMap((point) => [point.x, point.y]);
}

/** As the server knows a stage, or a field that stands for one. */
const stageWords = [
  "stage",
  "bühne",
  "podium",
  "scène",
  "scena",
  "escenario",
  "palco",
  "podio",
  "lava",
  "scene",
  "المسرح",
];
const fieldWords = [
  "pitch",
  "field",
  "court",
  "ring",
  "rink",
  "arena",
  "spielfeld",
  "terrain",
  "campo",
  "screen",
  "altar",
];

function focusOf(areas: readonly PlanArea[], box: Box): Point {
  const says = (words: readonly string[]) => areas.find(({ caption }) => words.includes(caption.toLowerCase()));
  const focus = says(stageWords) ?? says(fieldWords);
  if (focus === undefined) return { x: middleOf(box).x, y: box.top };
  return focus.outline.length === 0 ? focus.captionAt : middleOf(focus.bounds);
}

function areaOf(zone: Zone, area: Area): PlanArea {
  const outline = outlineOf(zone, area).flatMap(({ x, y }) => [x, y]);
  const caption = area.caption?.text.trim() ?? "";
  const at = captionAt(zone, area);
  return {
    kind: [...stageWords, ...fieldWords].includes(caption.toLowerCase()) ? "stage" : "other",
    caption: area.icon === undefined ? caption : "",
    captionAt: at,
    outline,
    bounds: outline.length > 0 ? boundsOf(outline) : { left: at.x, right: at.x, top: at.y, bottom: at.y },
    colour: area.color,
    tier: undefined,
    isOnSection: true,
  };
}

/** The median of a sample: sorting 50,000 distances at each step of the mouse would be felt. */
function pitchOf(x: Float32Array, y: Float32Array, isBesideNext: Uint8Array): number {
  const distances: number[] = [];
  const stride = Math.max(1, Math.floor(x.length / 2000));
  for (let seat = 0; seat + 1 < x.length; seat += stride) {
    if (isBesideNext[seat] !== 1) continue;
    distances.push(
      Math.hypot((x[seat + 1] as number) - (x[seat] as number), (y[seat + 1] as number) - (y[seat] as number)),
    );
  }
  if (distances.length === 0) return defaultPitch;
  return Math.max(distances.sort((a, b) => a - b)[distances.length >> 1] ?? defaultPitch, 1);
}
