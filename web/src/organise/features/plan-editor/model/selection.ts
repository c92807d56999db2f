import { tableOf, type Area, type PlanDocument, type Row, type Seat, type Zone } from "./document";

/** What commands are about: keys of seats and of areas. */
export interface Selection {
  readonly seats: ReadonlySet<number>;
  readonly areas: ReadonlySet<number>;
}

export const nothing: Selection = { seats: new Set(), areas: new Set() };

export function isEmpty({ seats, areas }: Selection): boolean {
  return seats.size === 0 && areas.size === 0;
}

export function selectionOf(seats: Iterable<number> = [], areas: Iterable<number> = []): Selection {
  return { seats: new Set(seats), areas: new Set(areas) };
}

/** A whole row; of a table, with the table. */
export function selectRow(zone: Zone, row: Row): Selection {
  const table = tableOf(zone, row);
  return selectionOf(
    row.seats.map(({ key }) => key),
    table === undefined ? [] : [table.key],
  );
}

export function selectZone(zone: Zone): Selection {
  return selectionOf(
    zone.rows.flatMap((row) => row.seats.map(({ key }) => key)),
    (zone.areas ?? []).map(({ key }) => key),
  );
}

export function selectAll(document: PlanDocument): Selection {
  const all = document.zones.map(selectZone);
  return selectionOf(
    all.flatMap(({ seats }) => [...seats]),
    all.flatMap(({ areas }) => [...areas]),
  );
}

export function add(a: Selection, b: Selection): Selection {
  return { seats: new Set([...a.seats, ...b.seats]), areas: new Set([...a.areas, ...b.areas]) };
}

/** What was selected is not, what was not is. */
export function toggle(a: Selection, b: Selection): Selection {
  const isIn = [...b.seats].every((key) => a.seats.has(key)) && [...b.areas].every((key) => a.areas.has(key));
  if (!isIn) return add(a, b);
  return {
    seats: new Set([...a.seats].filter((key) => !b.seats.has(key))),
    areas: new Set([...a.areas].filter((key) => !b.areas.has(key))),
  };
}

/** Calls for each selected seat with the row and section that it is in. */
export function forEachSeat(
  document: PlanDocument,
  { seats }: Selection,
  visit: (seat: Seat, row: Row, zone: Zone) => void,
): void {
  if (seats.size === 0) return;
  for (const zone of document.zones)
    for (const row of zone.rows) for (const seat of row.seats) if (seats.has(seat.key)) visit(seat, row, zone);
}

export function forEachArea(
  document: PlanDocument,
  { areas }: Selection,
  visit: (area: Area, zone: Zone) => void,
): void {
  if (areas.size === 0) return;
  for (const zone of document.zones) for (const area of zone.areas ?? []) if (areas.has(area.key)) visit(area, zone);
}

/** The rows that have selected seats, with those of their seats. */
export function rowsOf(document: PlanDocument, selection: Selection): { zone: Zone; row: Row; seats: Seat[] }[] {
  const rows: { zone: Zone; row: Row; seats: Seat[] }[] = [];
  forEachSeat(document, selection, (seat, row, zone) => {
    const last = rows.at(-1);
    if (last?.row === row) last.seats.push(seat);
    else rows.push({ zone, row, seats: [seat] });
  });
  return rows;
}

/** Only what is still there. */
export function within(document: PlanDocument, selection: Selection): Selection {
  const seats: number[] = [];
  const areas: number[] = [];
  forEachSeat(document, selection, ({ key }) => seats.push(key));
  forEachArea(document, selection, ({ key }) => areas.push(key));
  return seats.length === selection.seats.size && areas.length === selection.areas.size
    ? selection
    : selectionOf(seats, areas);
}
