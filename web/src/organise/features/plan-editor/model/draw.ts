import {
  defaultRadius,
  newArea,
  newCaption,
  newKey,
  newRow,
  newSeat,
  newUuid,
  newZone,
  tidy,
  type Area,
  type AreaIcon,
  type PlanDocument,
  type Point,
  type Row,
  type Zone,
} from "./document";
import { mapZones } from "./edit";
import { include, middleOf, noBox } from "./geometry";
import { aroundRoundTable, aroundTable, type RectangularTable } from "./layout";
import { namesOf, seatsAlong, type Scheme } from "./numbering";
import { selectionOf, type Selection } from "./selection";

/** A plan and what is selected of it. */
export interface Change {
  document: PlanDocument;
  selection: Selection;
}

export interface Numbering {
  rows: Scheme;
  seats: Scheme;
}

/** The section of a name, made where there is none; "" is the first. */
export function withSection(document: PlanDocument, name: string): { document: PlanDocument; zone: Zone } {
  const known = name === "" ? document.zones[0] : document.zones.find((zone) => (zone.name ?? "") === name);
  if (known !== undefined) return { document, zone: known };
  const zone = newZone(name);
  return { document: { ...document, zones: [...document.zones, zone] }, zone };
}

/** Adds rows and areas to a section; they are given in positions of the sheet. */
export function addToSection(
  given: PlanDocument,
  section: string,
  make: (zone: Zone) => { rows?: readonly Row[]; areas?: readonly Area[] },
): Change {
  const { document, zone } = withSection(given, section);
  const { rows = [], areas = [] } = make(zone);
  const changed = mapZones(document, (one) => {
    if (one !== zone) return one;
    return {
      ...one,
      rows: rows.length > 0 ? [...one.rows, ...rows] : one.rows,
      areas: areas.length > 0 ? [...(one.areas ?? []), ...areas] : one.areas,
    };
  });
  return {
    document: changed,
    selection: selectionOf(
      rows.flatMap(({ seats }) => seats.map(({ key }) => key)),
      areas.map(({ key }) => key),
    ),
  };
}

/** Rows of seats at these points of the sheet. A row's name goes on from those that its section has. */
export function addRows(
  document: PlanDocument,
  section: string,
  rows: readonly (readonly Point[])[],
  numbering: Numbering,
  category: string,
): Change {
  return addToSection(document, section, (zone) => {
    const names = nextNames(zone, numbering.rows, rows.length);
    return {
      rows: rows.map((points, index) => {
        const at = points[0] ?? { x: 0, y: 0 };
        const row = newRow(
          names[index] as string,
          points.map((point) => newSeat("", { x: point.x - at.x, y: point.y - at.y }, category)),
          { x: at.x - zone.at.x, y: at.y - zone.at.y },
        );
        return numberSeats(row, numbering.seats);
      }),
    };
  });
}

function numberSeats(row: Row, scheme: Scheme): Row {
  const along = seatsAlong(row);
  const names = namesOf(scheme, along.length);
  const nameOf = new Map(along.map(({ key }, index) => [key, names[index] as string]));
  return { ...row, seats: row.seats.map((seat) => ({ ...seat, number: nameOf.get(seat.key) ?? "" })) };
}

/** Names by a scheme that no row of the section has yet. */
export function nextNames(zone: Zone, scheme: Scheme, count: number): string[] {
  const taken = new Set(zone.rows.map(({ number }) => number));
  for (let start = scheme.start; start <= scheme.start + zone.rows.length; start++) {
    const names = namesOf({ ...scheme, start }, count);
    if (!names.some((name) => taken.has(name))) return names;
  }
  return namesOf(scheme, count);
}

export interface TableTexts {
  /** "Table {name}". */
  label: (name: string) => string;
  /** "chair %s". */
  chair: string;
}

export type TableShape = { kind: "round"; chairs: number } | ({ kind: "rectangular" } & RectangularTable);

/** A table with its chairs: a row of them, and an area of the same uuid. */
export function addTable(
  document: PlanDocument,
  section: string,
  at: Point,
  shape: TableShape,
  texts: TableTexts,
  category: string,
): Change {
  return addToSection(document, section, (zone) => {
    const name = nextTableName(zone);
    const place = { x: at.x - zone.at.x, y: at.y - zone.at.y };
    const round = shape.kind === "round" ? aroundRoundTable(shape.chairs, defaultRadius) : undefined;
    const long = shape.kind === "rectangular" ? aroundTable(shape, defaultRadius) : undefined;
    const chairs = round?.chairs ?? long?.chairs ?? [];
    const seats = chairs.map((chair, index) => newSeat(String(index + 1), chair, category));
    const row: Row = { ...newRow(name, seats, place), label: texts.label(name), seatLabel: texts.chair };
    const plate: Area =
      long === undefined
        ? { ...newArea("circle", place), radius: round?.radius }
        : {
            ...newArea("polygon", place),
            points: [
              { x: -long.width / 2, y: -long.height / 2 },
              { x: long.width / 2, y: -long.height / 2 },
              { x: long.width / 2, y: long.height / 2 },
              { x: -long.width / 2, y: long.height / 2 },
            ],
          };
    return {
      rows: [row],
      areas: [{ ...plate, uuid: row.uuid, color: "#c9c5bb", caption: newCaption(name, { x: 0, y: 0 }, 14) }],
    };
  });
}

/** One more than the highest number that a row of the section has. */
function nextTableName(zone: Zone): string {
  const numbers = zone.rows.map(({ number }) => Number(number)).filter(Number.isInteger);
  return String(Math.max(0, ...numbers) + 1);
}

export type AreaKind = "standing" | "booth" | "stage" | "shape";

const areaColours: Record<AreaKind, string> = {
  standing: "#c7d2fe",
  booth: "#e4d7c5",
  stage: "#57534e",
  shape: "#d6d3cb",
};

/** A polygon through these points of the sheet, with a caption in its middle. */
export function addPolygon(
  document: PlanDocument,
  section: string,
  points: readonly Point[],
  kind: AreaKind,
  caption: string,
): Change {
  return addToSection(document, section, (zone) => {
    const first = points[0] ?? { x: 0, y: 0 };
    const corners = points.map(({ x, y }) => ({ x: tidy(x - first.x), y: tidy(y - first.y) }));
    const middle = middleOf(corners.reduce((box, point) => include(box, point), noBox));
    return {
      areas: [
        {
          ...newArea("polygon", { x: first.x - zone.at.x, y: first.y - zone.at.y }),
          points: corners,
          color: areaColours[kind],
          caption: caption === "" ? undefined : newCaption(caption, middle, 18),
        },
      ],
    };
  });
}

/** A rectangle or ellipse between two corners of the sheet. */
export function addBoxedArea(
  document: PlanDocument,
  section: string,
  shape: "rectangle" | "ellipse",
  from: Point,
  to: Point,
  kind: AreaKind,
  caption: string,
): Change {
  const [left, top] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  const width = Math.max(1, Math.round(Math.abs(to.x - from.x)));
  const height = Math.max(1, Math.round(Math.abs(to.y - from.y)));
  const half = { x: width / 2, y: height / 2 };
  return addToSection(document, section, (zone) => {
    const isRound = shape === "ellipse";
    const at = { x: left - zone.at.x + (isRound ? half.x : 0), y: top - zone.at.y + (isRound ? half.y : 0) };
    return {
      areas: [
        {
          ...newArea(shape, at),
          ...(isRound ? { radii: half } : { size: { width, height } }),
          color: areaColours[kind],
          caption: caption === "" ? undefined : newCaption(caption, isRound ? { x: 0, y: 0 } : half, 18),
        },
      ],
    };
  });
}

export function addText(document: PlanDocument, section: string, at: Point, text: string): Change {
  return addToSection(document, section, (zone) => ({
    areas: [
      {
        ...newArea("text", { x: at.x - zone.at.x, y: at.y - zone.at.y }),
        caption: newCaption(text, { x: 0, y: 0 }, 16),
      },
    ],
  }));
}

/** What is where: the word for who reads it elsewhere, the picture for who sees it here. */
export function addIcon(document: PlanDocument, section: string, at: Point, icon: AreaIcon, text: string): Change {
  const { document: changed, selection } = addText(document, section, at, text);
  return {
    document: mapZones(changed, (zone) =>
      zone.areas?.some(({ key }) => selection.areas.has(key)) === true
        ? { ...zone, areas: zone.areas.map((area) => (selection.areas.has(area.key) ? { ...area, icon } : area)) }
        : zone,
    ),
    selection,
  };
}

/** A copy that is nobody else: new keys and ids. */
export function copyRow(row: Row): Row {
  return {
    ...row,
    key: newKey(),
    uuid: row.uuid === undefined ? undefined : newUuid(),
    seats: row.seats.map((seat) => ({ ...seat, key: newKey(), id: newUuid() })),
  };
}
