/**
 * A seating plan while it is drawn: pretix's seating-plan JSON with an `onsale` member, as immutable objects that share
 * whatever did not change. A row's position is relative to its section's, a seat's to its row's, an area's to its
 * section's. What is not known here is kept in `rest` and written again.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Members of the file that this program does not know. */
export type Rest = Readonly<Record<string, unknown>>;

/** Bits of what a buyer may need to know of a seat, as the API has them. */
export const SeatTrait = { wheelchair: 1, companion: 2, restrictedView: 4, aisle: 8 } as const;
export type SeatTraitName = keyof typeof SeatTrait;
export const seatTraitNames: readonly SeatTraitName[] = ["wheelchair", "companion", "restrictedView", "aisle"];

export interface Seat {
  /** Tells it from all others while it is drawn, whatever its id. */
  readonly key: number;
  readonly id: string;
  readonly number: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number | undefined;
  readonly category: string;
  /** SeatTrait bits. */
  readonly traits: number;
  /** Why the view is restricted, or whatever else a buyer should read. */
  readonly note: string | undefined;
  readonly rest: Rest | undefined;
}

export interface Row {
  readonly key: number;
  readonly number: string;
  readonly label: string | undefined;
  readonly seatLabel: string | undefined;
  readonly uuid: string | undefined;
  /** Undefined where the file gives none; it counts as 0, 0. */
  readonly at: Point | undefined;
  readonly seats: readonly Seat[];
  readonly rest: Rest | undefined;
}

export type AreaShape = "polygon" | "rectangle" | "ellipse" | "circle" | "text";

export interface Caption {
  readonly text: string;
  readonly at: Point;
  readonly size: number | undefined;
  readonly color: string | undefined;
  readonly rest: Rest | undefined;
}

export type AreaIcon = "exit" | "entrance" | "bar" | "lift" | "toilet" | "firstAid" | "cloakroom";
export const areaIcons: readonly AreaIcon[] = ["entrance", "exit", "bar", "lift", "toilet", "firstAid", "cloakroom"];

/** Something drawn that is no seat. A table's area has the uuid of its row. */
export interface Area {
  readonly key: number;
  readonly shape: AreaShape | undefined;
  readonly at: Point | undefined;
  /** Degrees, clockwise. */
  readonly rotation: number | undefined;
  readonly color: string | undefined;
  readonly borderColor: string | undefined;
  readonly uuid: string | undefined;
  readonly points: readonly Point[] | undefined;
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly radii: Point | undefined;
  readonly radius: number | undefined;
  readonly caption: Caption | undefined;
  readonly icon: AreaIcon | undefined;
  readonly rest: Rest | undefined;
}

export interface Zone {
  readonly key: number;
  readonly name: string | undefined;
  readonly uuid: string | undefined;
  readonly at: Point;
  readonly rows: readonly Row[];
  /** Undefined where the file has no such member. */
  readonly areas: readonly Area[] | undefined;
  readonly floor: string | undefined;
  readonly rest: Rest | undefined;
}

export interface Category {
  readonly name: string;
  readonly color: string | undefined;
  readonly rest: Rest | undefined;
}

export interface PlanDocument {
  readonly name: string;
  readonly categories: readonly Category[];
  readonly zones: readonly Zone[];
  readonly size: { readonly width: number; readonly height: number };
  readonly focalPoint: Point | undefined;
  /** Floors in their order; sections name theirs. */
  readonly floors: readonly string[];
  readonly rest: Rest | undefined;
  /** Members of `onsale` that this program does not know. */
  readonly ownRest: Rest | undefined;
}

export const defaultRadius = 10;
/** Usual distance between neighbours, and between rows. */
export const defaultPitch = 25;
export const defaultRowPitch = 30;

let lastKey = 0;

/** A key that nothing else of this page has. */
export function newKey(): number {
  lastKey += 1;
  return lastKey;
}

export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A hundredth of a pixel is finer than anybody draws; files stay readable. */
export function tidy(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

export function emptyDocument(name: string, category: Category): PlanDocument {
  return {
    name,
    categories: [category],
    zones: [],
    size: { width: 1200, height: 800 },
    focalPoint: undefined,
    floors: [],
    rest: undefined,
    ownRest: undefined,
  };
}

export function newSeat(number: string, at: Point, category: string): Seat {
  return {
    key: newKey(),
    id: newUuid(),
    number,
    x: tidy(at.x),
    y: tidy(at.y),
    radius: undefined,
    category,
    traits: 0,
    note: undefined,
    rest: undefined,
  };
}

export function newRow(number: string, seats: readonly Seat[], at: Point = { x: 0, y: 0 }): Row {
  return {
    key: newKey(),
    number,
    label: undefined,
    seatLabel: undefined,
    uuid: newUuid(),
    at: { x: tidy(at.x), y: tidy(at.y) },
    seats,
    rest: undefined,
  };
}

export function newZone(name: string, at: Point = { x: 0, y: 0 }): Zone {
  return {
    key: newKey(),
    name,
    uuid: newUuid(),
    at,
    rows: [],
    areas: [],
    floor: undefined,
    rest: undefined,
  };
}

export function newArea(shape: AreaShape, at: Point): Area {
  return {
    key: newKey(),
    shape,
    at: { x: tidy(at.x), y: tidy(at.y) },
    rotation: undefined,
    color: undefined,
    borderColor: undefined,
    uuid: newUuid(),
    points: undefined,
    size: undefined,
    radii: undefined,
    radius: undefined,
    caption: undefined,
    icon: undefined,
    rest: undefined,
  };
}

export function newCaption(text: string, at: Point, size?: number): Caption {
  return { text, at: { x: tidy(at.x), y: tidy(at.y) }, size, color: undefined, rest: undefined };
}

/** Where a row's seats count from. */
export function originOf(zone: Zone, row: { readonly at: Point | undefined }): Point {
  return { x: zone.at.x + (row.at?.x ?? 0), y: zone.at.y + (row.at?.y ?? 0) };
}

export function seatCountOf(document: PlanDocument): number {
  let count = 0;
  for (const zone of document.zones) for (const row of zone.rows) count += row.seats.length;
  return count;
}

/** A row around a table: it has an area of the same uuid. */
export function tableOf(zone: Zone, row: Row): Area | undefined {
  return row.uuid === undefined ? undefined : zone.areas?.find(({ uuid }) => uuid === row.uuid);
}
