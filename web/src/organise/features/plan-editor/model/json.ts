import {
  areaIcons,
  newKey,
  SeatTrait,
  seatTraitNames,
  type Area,
  type AreaIcon,
  type AreaShape,
  type Caption,
  type Category,
  type PlanDocument,
  type Point,
  type Rest,
  type Row,
  type Seat,
  type Zone,
} from "./document";

type Json = Readonly<Record<string, unknown>>;

/** What the file cannot be read without, and does not have. */
export class UnreadablePlanError extends Error {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = "UnreadablePlanError";
    this.pointer = pointer;
  }
}

/**
 * Reads a plan, however unfinished: a draft is any JSON object, and the checker names what it lacks. Only what has
 * another shape than the format altogether is refused.
 */
export function readPlan(value: unknown): PlanDocument {
  if (!isObject(value)) throw new UnreadablePlanError("", "The plan is no JSON object.");
  const { name, categories, zones, size, onsale, ...rest } = value;
  const own = isObject(onsale) ? onsale : {};
  const { seats: traitLists, notes, focalPoint, floors, icons, ...ownRest } = own;
  const facts = readFacts(traitLists, notes);
  const floorOf = readFloors(floors);
  const iconOf = isObject(icons) ? icons : {};
  const given = size === undefined ? {} : isObject(size) ? size : {};
  return {
    name: textOf(name) ?? "",
    categories: list(categories, "/categories").map((one, index) => readCategory(one, `/categories/${index}`)),
    zones: list(zones, "/zones").map((zone, index) => readZone(zone, `/zones/${index}`, facts, floorOf, iconOf)),
    size: { width: numberOf(given.width) ?? 1200, height: numberOf(given.height) ?? 800 },
    focalPoint: pointOf(focalPoint),
    floors: list(floors, "/onsale/floors").map((floor) => (isObject(floor) ? (textOf(floor.name) ?? "") : "")),
    rest: restOf(rest),
    ownRest: restOf(ownRest),
  };
}

interface Facts {
  traits: ReadonlyMap<string, number>;
  notes: ReadonlyMap<string, string>;
}

function readFacts(traitLists: unknown, notes: unknown): Facts {
  const traits = new Map<string, number>();
  if (isObject(traitLists)) {
    for (const name of seatTraitNames) {
      const ids = traitLists[name];
      if (!Array.isArray(ids)) continue;
      for (const id of ids) if (typeof id === "string") traits.set(id, (traits.get(id) ?? 0) | SeatTrait[name]);
    }
  }
  const texts = new Map<string, string>();
  if (Array.isArray(notes)) {
    for (const note of notes) {
      if (!isObject(note) || !Array.isArray(note.seats)) continue;
      const text = textOf(note.text) ?? "";
      for (const id of note.seats) if (typeof id === "string") texts.set(id, text);
    }
  }
  return { traits, notes: texts };
}

function readFloors(floors: unknown): ReadonlyMap<string, string> {
  const floorOf = new Map<string, string>();
  if (!Array.isArray(floors)) return floorOf;
  for (const floor of floors) {
    if (!isObject(floor) || !Array.isArray(floor.zones)) continue;
    for (const uuid of floor.zones) if (typeof uuid === "string") floorOf.set(uuid, textOf(floor.name) ?? "");
  }
  return floorOf;
}

function readCategory(value: unknown, pointer: string): Category {
  const { name, color, ...rest } = object(value, pointer);
  return { name: textOf(name) ?? "", color: textOf(color), rest: restOf(rest) };
}

function readZone(
  value: unknown,
  pointer: string,
  facts: Facts,
  floorOf: ReadonlyMap<string, string>,
  iconOf: Json,
): Zone {
  const { name, uuid, position, rows, areas, ...rest } = object(value, pointer);
  const id = textOf(uuid);
  return {
    key: newKey(),
    name: textOf(name),
    uuid: id,
    at: pointOf(position) ?? { x: 0, y: 0 },
    rows: list(rows, `${pointer}/rows`).map((row, index) => readRow(row, `${pointer}/rows/${index}`, facts)),
    areas:
      areas === undefined || areas === null
        ? undefined
        : list(areas, `${pointer}/areas`).map((area, index) => readArea(area, `${pointer}/areas/${index}`, iconOf)),
    floor: id === undefined ? undefined : floorOf.get(id),
    rest: restOf(rest),
  };
}

function readRow(value: unknown, pointer: string, facts: Facts): Row {
  const { row_number, row_label, seat_label, uuid, position, seats, ...rest } = object(value, pointer);
  return {
    key: newKey(),
    number: textOf(row_number) ?? "",
    label: textOf(row_label),
    seatLabel: textOf(seat_label),
    uuid: textOf(uuid),
    at: pointOf(position),
    seats: list(seats, `${pointer}/seats`).map((seat, index) => readSeat(seat, `${pointer}/seats/${index}`, facts)),
    rest: restOf(rest),
  };
}

function readSeat(value: unknown, pointer: string, facts: Facts): Seat {
  const { seat_guid, seat_number, position, radius, category, ...rest } = object(value, pointer);
  const id = textOf(seat_guid) ?? "";
  const at = pointOf(position) ?? { x: 0, y: 0 };
  return {
    key: newKey(),
    id,
    number: textOf(seat_number) ?? "",
    x: at.x,
    y: at.y,
    radius: numberOf(radius),
    category: textOf(category) ?? "",
    traits: facts.traits.get(id) ?? 0,
    note: facts.notes.get(id),
    rest: restOf(rest),
  };
}

const shapes: readonly string[] = ["polygon", "rectangle", "ellipse", "circle", "text"];

function readArea(value: unknown, pointer: string, iconOf: Json): Area {
  const { shape, position, rotation, color, border_color, uuid, polygon, rectangle, ellipse, circle, text, ...rest } =
    object(value, pointer);
  const id = textOf(uuid);
  const icon = id === undefined ? undefined : iconOf[id];
  const size = isObject(rectangle) ? rectangle : undefined;
  return {
    key: newKey(),
    shape: typeof shape === "string" && shapes.includes(shape) ? (shape as AreaShape) : undefined,
    at: pointOf(position),
    rotation: numberOf(rotation),
    color: textOf(color),
    borderColor: textOf(border_color),
    uuid: id,
    points: isObject(polygon)
      ? list(polygon.points, `${pointer}/polygon/points`).map((point) => pointOf(point) ?? { x: 0, y: 0 })
      : undefined,
    size: size && { width: numberOf(size.width) ?? 0, height: numberOf(size.height) ?? 0 },
    radii: isObject(ellipse) ? pointOf(ellipse.radius) : undefined,
    radius: isObject(circle) ? numberOf(circle.radius) : undefined,
    caption: isObject(text) ? readCaption(text) : undefined,
    icon: areaIcons.find((known): known is AreaIcon => known === icon),
    rest: restOf(rest),
  };
}

function readCaption({ text, position, size, color, ...rest }: Json): Caption {
  return {
    text: textOf(text) ?? "",
    at: pointOf(position) ?? { x: 0, y: 0 },
    size: numberOf(size),
    color: textOf(color),
    rest: restOf(rest),
  };
}

/** The plan as a file has it. Absent members stay absent, unknown ones are written again. */
export function writePlan(document: PlanDocument): Record<string, unknown> {
  const onsale = writeOwn(document);
  return {
    name: document.name,
    categories: document.categories.map(({ name, color, rest }) => ({ name, ...given({ color }), ...rest })),
    size: document.size,
    zones: document.zones.map(writeZone),
    ...document.rest,
    ...(onsale !== undefined && { onsale }),
  };
}

function writeOwn(document: PlanDocument): Json | undefined {
  const lists: Record<SeatTraitKey, string[]> = { wheelchair: [], companion: [], restrictedView: [], aisle: [] };
  const notes = new Map<string, string[]>();
  const zonesOf = new Map<string, string[]>(document.floors.map((floor) => [floor, []]));
  const icons: Record<string, string> = {};
  for (const zone of document.zones) {
    if (zone.floor !== undefined && zone.uuid !== undefined) zonesOf.get(zone.floor)?.push(zone.uuid);
    for (const area of zone.areas ?? [])
      if (area.icon !== undefined && area.uuid !== undefined) icons[area.uuid] = area.icon;
    for (const row of zone.rows) {
      for (const { id, traits, note } of row.seats) {
        if (traits !== 0) for (const name of seatTraitNames) if (traits & SeatTrait[name]) lists[name].push(id);
        if (note === undefined) continue;
        const seats = notes.get(note);
        if (seats === undefined) notes.set(note, [id]);
        else seats.push(id);
      }
    }
  }
  const seats = Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0));
  const own = {
    ...(Object.keys(seats).length > 0 && { seats }),
    ...(notes.size > 0 && { notes: [...notes].map(([text, ids]) => ({ text, seats: ids })) }),
    ...given({ focalPoint: document.focalPoint }),
    ...(zonesOf.size > 0 && { floors: [...zonesOf].map(([name, zones]) => ({ name, zones })) }),
    ...(Object.keys(icons).length > 0 && { icons }),
    ...document.ownRest,
  };
  return Object.keys(own).length > 0 ? own : undefined;
}

type SeatTraitKey = (typeof seatTraitNames)[number];

function writeZone({ name, uuid, at, rows, areas, rest }: Zone): Json {
  return {
    ...given({ name, uuid }),
    ...rest,
    position: at,
    rows: rows.map(writeRow),
    ...(areas !== undefined && { areas: areas.map(writeArea) }),
  };
}

function writeRow({ number, label, seatLabel, uuid, at, seats, rest }: Row): Json {
  return {
    row_number: number,
    ...given({ row_label: label, seat_label: seatLabel, uuid }),
    ...rest,
    ...given({ position: at }),
    seats: seats.map(writeSeat),
  };
}

function writeSeat({ id, number, x, y, radius, category, rest }: Seat): Json {
  return { seat_guid: id, seat_number: number, ...rest, ...given({ radius }), position: { x, y }, category };
}

function writeArea(area: Area): Json {
  const { caption } = area;
  return {
    ...given({
      shape: area.shape,
      color: area.color,
      border_color: area.borderColor,
      rotation: area.rotation,
      position: area.at,
      uuid: area.uuid,
    }),
    ...area.rest,
    ...(area.points !== undefined && { polygon: { points: area.points } }),
    ...given({ rectangle: area.size }),
    ...(area.radii !== undefined && { ellipse: { radius: area.radii } }),
    ...(area.radius !== undefined && { circle: { radius: area.radius } }),
    ...(caption !== undefined && {
      text: {
        text: caption.text,
        ...given({ color: caption.color, size: caption.size }),
        position: caption.at,
        ...caption.rest,
      },
    }),
  };
}

/** Only the members that have a value. */
function given<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function restOf(rest: Record<string, unknown>): Rest | undefined {
  // An optional member that is null means the same as one that is absent.
  const kept = Object.entries(rest).filter(([, value]) => value !== null);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function object(value: unknown, pointer: string): Json {
  if (!isObject(value)) throw new UnreadablePlanError(pointer, "must be an object.");
  return value;
}

function list(value: unknown, pointer: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UnreadablePlanError(pointer, "must be an array.");
  return value;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function pointOf(value: unknown): Point | undefined {
  if (!isObject(value)) return undefined;
  const [x, y] = [numberOf(value.x), numberOf(value.y)];
  return x === undefined || y === undefined ? undefined : { x, y };
}
