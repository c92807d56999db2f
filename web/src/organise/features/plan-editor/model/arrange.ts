import { copyRow, nextNames, type Change } from "./draw";
import {
  newKey,
  newUuid,
  originOf,
  tableOf,
  tidy,
  type Area,
  type PlanDocument,
  type Point,
  type Row,
  type Zone,
} from "./document";
import { mapAreas, mapRows, mapSeats, mapZones } from "./edit";
import { boxOfArea, boxOfSelection, cornersOf, isBox, middleOf, shapeOf, turned, type Box } from "./geometry";
import { alongArc, bendOf } from "./layout";
import { plainLetters, plainNumbers } from "./numbering";
import { rowsOf, selectionOf, selectRow, within, type Selection } from "./selection";

function isWhole(row: Row, selection: Selection): boolean {
  return row.seats.length > 0 && row.seats.every(({ key }) => selection.seats.has(key));
}

export function move(document: PlanDocument, selection: Selection, dx: number, dy: number): PlanDocument {
  if (dx === 0 && dy === 0) return document;
  const by = ({ x, y }: Point): Point => ({ x: tidy(x + dx), y: tidy(y + dy) });
  const moved = mapRows(document, (row) => {
    if (isWhole(row, selection)) return { ...row, at: by(row.at ?? { x: 0, y: 0 }) };
    if (!row.seats.some(({ key }) => selection.seats.has(key))) return row;
    return {
      ...row,
      seats: row.seats.map((seat) => (selection.seats.has(seat.key) ? { ...seat, ...by(seat) } : seat)),
    };
  });
  return mapAreas(moved, selection, (area) => ({ ...area, at: by(area.at ?? { x: 0, y: 0 }) }));
}

/** Moves each selected seat and each area's own points by a mapping of the sheet. */
function transform(
  document: PlanDocument,
  selection: Selection,
  map: (point: Point) => Point,
  changeArea: (area: Area, zone: Zone) => Area,
): PlanDocument {
  const seats = mapSeats(document, selection, (seat, row, zone) => {
    const origin = originOf(zone, row);
    const { x, y } = map({ x: origin.x + seat.x, y: origin.y + seat.y });
    return { ...seat, x: tidy(x - origin.x), y: tidy(y - origin.y) };
  });
  return mapAreas(seats, selection, changeArea);
}

export function rotate(document: PlanDocument, selection: Selection, degrees: number, around?: Point): PlanDocument {
  const box = boxOfSelection(document, selection);
  if (!isBox(box) || degrees % 360 === 0) return document;
  const pivot = around ?? middleOf(box);
  const map = ({ x, y }: Point): Point => {
    const away = turned({ x: x - pivot.x, y: y - pivot.y }, degrees);
    return { x: pivot.x + away.x, y: pivot.y + away.y };
  };
  return transform(document, selection, map, (area, zone) => {
    const origin = originOf(zone, area);
    const moved = map(origin);
    const at = { x: tidy(moved.x - zone.at.x), y: tidy(moved.y - zone.at.y) };
    const caption = area.caption && { ...area.caption, at: tidied(turned(area.caption.at, degrees)) };
    if (shapeOf(area) === "text" || shapeOf(area) === undefined) {
      return { ...area, at, caption };
    }
    const rotation = tidy(((((area.rotation ?? 0) + degrees) % 360) + 360) % 360);
    return { ...area, at, caption, rotation: rotation === 0 ? undefined : rotation };
  });
}

function tidied({ x, y }: Point): Point {
  return { x: tidy(x), y: tidy(y) };
}

/** As in a mirror that stands upright (what is left goes right), or that lies. */
export function mirror(document: PlanDocument, selection: Selection, isUpright: boolean): PlanDocument {
  const box = boxOfSelection(document, selection);
  if (!isBox(box)) return document;
  const pivot = middleOf(box);
  const map = ({ x, y }: Point): Point => (isUpright ? { x: 2 * pivot.x - x, y } : { x, y: 2 * pivot.y - y });
  const flip = ({ x, y }: Point): Point => tidied(isUpright ? { x: -x, y } : { x, y: -y });
  return transform(document, selection, map, (area, zone) => {
    const moved = map(originOf(zone, area));
    const at = { x: tidy(moved.x - zone.at.x), y: tidy(moved.y - zone.at.y) };
    const caption = area.caption && { ...area.caption, at: flip(area.caption.at) };
    if (shapeOf(area) === "polygon" || shapeOf(area) === "rectangle") {
      // Mirrored as a polygon: a rectangle's corner would be another one.
      const corners = cornersOf(area).map((corner) => flip(turned(corner, area.rotation ?? 0)));
      if (shapeOf(area) === "polygon" || area.rotation !== undefined)
        return { ...area, shape: "polygon", at, points: corners, size: undefined, rotation: undefined, caption };
      const { width, height } = area.size ?? { width: 0, height: 0 };
      const [dx, dy] = isUpright ? [width, 0] : [0, height];
      const text = caption && { ...caption, at: tidied({ x: caption.at.x + dx, y: caption.at.y + dy }) };
      return { ...area, at: tidied({ x: at.x - dx, y: at.y - dy }), caption: text };
    }
    return { ...area, at, caption, rotation: area.rotation === undefined ? undefined : tidy(360 - area.rotation) };
  });
}

/** What is arranged as one: a whole row, a table with its chairs, an area, or the chosen seats of one row. */
interface Piece {
  selection: Selection;
  box: Box;
}

export function piecesOf(document: PlanDocument, selection: Selection): Piece[] {
  const taken = new Set<number>();
  const pieces = rowsOf(document, selection).map(({ zone, row, seats }): Piece => {
    const table = tableOf(zone, row);
    if (table !== undefined && selection.areas.has(table.key)) taken.add(table.key);
    const piece = selectionOf(
      seats.map(({ key }) => key),
      table !== undefined && selection.areas.has(table.key) ? [table.key] : [],
    );
    return { selection: piece, box: boxOfSelection(document, piece) };
  });
  for (const zone of document.zones) {
    for (const area of zone.areas ?? []) {
      if (!selection.areas.has(area.key) || taken.has(area.key)) continue;
      pieces.push({ selection: selectionOf([], [area.key]), box: boxOfArea(zone, area) });
    }
  }
  return pieces;
}

export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom";
export const alignments: readonly Alignment[] = ["left", "centre", "right", "top", "middle", "bottom"];

export function align(document: PlanDocument, selection: Selection, alignment: Alignment): PlanDocument {
  const all = boxOfSelection(document, selection);
  return piecesOf(document, selection).reduce((changed, { selection: piece, box }) => {
    switch (alignment) {
      case "left":
        return move(changed, piece, all.left - box.left, 0);
      case "right":
        return move(changed, piece, all.right - box.right, 0);
      case "centre":
        return move(changed, piece, middleOf(all).x - middleOf(box).x, 0);
      case "top":
        return move(changed, piece, 0, all.top - box.top);
      case "bottom":
        return move(changed, piece, 0, all.bottom - box.bottom);
      case "middle":
        return move(changed, piece, 0, middleOf(all).y - middleOf(box).y);
    }
  }, document);
}

/** So that the middles of all are equally far apart; the outermost stay. */
export function distribute(document: PlanDocument, selection: Selection, isAcross: boolean): PlanDocument {
  const at = ({ box }: Piece): number => (isAcross ? middleOf(box).x : middleOf(box).y);
  const pieces = piecesOf(document, selection).sort((a, b) => at(a) - at(b));
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined || pieces.length < 3) return document;
  const step = (at(last) - at(first)) / (pieces.length - 1);
  return pieces.reduce((changed, piece, index) => {
    const by = at(first) + step * index - at(piece);
    return move(changed, piece.selection, isAcross ? by : 0, isAcross ? 0 : by);
  }, document);
}

/** Each seat to the nearest crossing of the grid. */
export function snapToGrid(document: PlanDocument, selection: Selection, grid: number): PlanDocument {
  const map = ({ x, y }: Point): Point => ({ x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid });
  return transform(document, selection, map, (area, zone) => {
    const moved = map(originOf(zone, area));
    return { ...area, at: { x: tidy(moved.x - zone.at.x), y: tidy(moved.y - zone.at.y) } };
  });
}

/** Lays the whole selected rows out anew between their ends. */
export function bendRows(document: PlanDocument, selection: Selection, bend: number): PlanDocument {
  return relay(document, selection, (points) =>
    alongArc(points[0] as Point, points.at(-1) as Point, points.length, bend),
  );
}

/** The distance between neighbours; the middle of each row stays. */
export function spaceSeats(document: PlanDocument, selection: Selection, pitch: number): PlanDocument {
  return relay(document, selection, (points) => {
    const [first, last] = [points[0] as Point, points.at(-1) as Point];
    const length = Math.hypot(last.x - first.x, last.y - first.y);
    if (length === 0) return points;
    const factor = (pitch * (points.length - 1)) / length;
    const middle = { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 };
    const out = ({ x, y }: Point): Point => ({
      x: middle.x + (x - middle.x) * factor,
      y: middle.y + (y - middle.y) * factor,
    });
    return alongArc(out(first), out(last), points.length, bendOf(points));
  });
}

function relay(
  document: PlanDocument,
  selection: Selection,
  lay: (points: readonly Point[]) => readonly Point[],
): PlanDocument {
  return mapRows(document, (row, zone) => {
    if (row.seats.length < 2 || tableOf(zone, row) !== undefined || !isWhole(row, selection)) return row;
    const laid = lay(row.seats);
    return {
      ...row,
      seats: row.seats.map((seat, index) => ({ ...seat, ...tidied(laid[index] ?? seat) })),
    };
  });
}

/** Each row a step farther to the side than the one before. */
export function skew(document: PlanDocument, selection: Selection, step: number): PlanDocument {
  return rowsOf(document, selection).reduce(
    (changed, { zone, row, seats }, index) =>
      move(
        changed,
        seats.length === row.seats.length ? selectRow(zone, row) : selectionOf(seats.map(({ key }) => key)),
        index * step,
        0,
      ),
    document,
  );
}

export function remove(document: PlanDocument, selection: Selection): PlanDocument {
  return mapZones(document, (zone) => {
    let isChanged = false;
    const rows = zone.rows.flatMap((row) => {
      const kept = row.seats.filter(({ key }) => !selection.seats.has(key));
      if (kept.length === row.seats.length) return [row];
      isChanged = true;
      return kept.length === 0 ? [] : [{ ...row, seats: kept }];
    });
    const areas = zone.areas?.filter(({ key }) => !selection.areas.has(key));
    isChanged ||= areas?.length !== zone.areas?.length;
    return isChanged ? { ...zone, rows, areas } : zone;
  });
}

/** Copies with ids of their own, beside the originals; copied rows get the next names of their section. */
export function duplicate(document: PlanDocument, selection: Selection, dx: number, dy: number): Change {
  const seats: number[] = [];
  const areaKeys: number[] = [];
  const changed = mapZones(document, (zone) => {
    const chosen = zone.rows
      .map((row) => ({ row, seats: row.seats.filter(({ key }) => selection.seats.has(key)) }))
      .filter((one) => one.seats.length > 0);
    const areas = (zone.areas ?? []).filter(({ key }) => selection.areas.has(key));
    if (chosen.length === 0 && areas.length === 0) return zone;
    const uuids = new Map<string, { uuid: string; name: string; before: string }>();
    const rows = chosen.reduce<Row[]>((made, one) => {
      const isNumbered = /^\d+$/.test(one.row.number);
      const taken = { ...zone, rows: [...zone.rows, ...made] };
      const [name = one.row.number] = nextNames(taken, isNumbered ? plainNumbers : plainLetters, 1);
      const copy = copyRow({ ...one.row, seats: one.seats, number: name });
      const label = copy.label?.replace(one.row.number, name);
      if (one.row.uuid !== undefined && copy.uuid !== undefined)
        uuids.set(one.row.uuid, { uuid: copy.uuid, name, before: one.row.number });
      made.push({ ...copy, label });
      return made;
    }, []);
    const copies = areas.map((area): Area => {
      const table = uuids.get(area.uuid ?? "");
      const isTable = table !== undefined && area.caption?.text === table.before;
      return {
        ...area,
        key: newKey(),
        uuid: table?.uuid ?? newUuid(),
        caption: isTable && area.caption ? { ...area.caption, text: table.name } : area.caption,
      };
    });
    seats.push(...rows.flatMap((row) => row.seats.map(({ key }) => key)));
    areaKeys.push(...copies.map(({ key }) => key));
    return {
      ...zone,
      rows: [...zone.rows, ...rows],
      areas: copies.length > 0 ? [...(zone.areas ?? []), ...copies] : zone.areas,
    };
  });
  const copied = selectionOf(seats, areaKeys);
  return { document: move(changed, copied, dx, dy), selection: within(changed, copied) };
}
