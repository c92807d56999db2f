import type { Area, PlanDocument, Row, Seat, Zone } from "./document";
import type { Selection } from "./selection";

/** The building blocks of commands: each copies only what changes, and shares the rest. */

function mapped<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let copy: T[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const before = items[index] as T;
    const after = change(before);
    if (after === before) continue;
    copy ??= [...items];
    copy[index] = after;
  }
  return copy ?? items;
}

export function mapZones(document: PlanDocument, change: (zone: Zone) => Zone): PlanDocument {
  const zones = mapped(document.zones, change);
  return zones === document.zones ? document : { ...document, zones };
}

export function mapRows(document: PlanDocument, change: (row: Row, zone: Zone) => Row): PlanDocument {
  return mapZones(document, (zone) => {
    const rows = mapped(zone.rows, (row) => change(row, zone));
    return rows === zone.rows ? zone : { ...zone, rows };
  });
}

export function mapSeats(
  document: PlanDocument,
  { seats: selected }: Selection,
  change: (seat: Seat, row: Row, zone: Zone) => Seat,
): PlanDocument {
  if (selected.size === 0) return document;
  return mapRows(document, (row, zone) => {
    const seats = mapped(row.seats, (seat) => (selected.has(seat.key) ? change(seat, row, zone) : seat));
    return seats === row.seats ? row : { ...row, seats };
  });
}

export function mapAreas(
  document: PlanDocument,
  { areas: selected }: Selection,
  change: (area: Area, zone: Zone) => Area,
): PlanDocument {
  if (selected.size === 0) return document;
  return mapZones(document, (zone) => {
    if (zone.areas === undefined) return zone;
    const areas = mapped(zone.areas, (area) => (selected.has(area.key) ? change(area, zone) : area));
    return areas === zone.areas ? zone : { ...zone, areas };
  });
}
