import {
  newZone,
  SeatTrait,
  type Area,
  type Category,
  type PlanDocument,
  type Point,
  type Row,
  type SeatTraitName,
  type Zone,
} from "./document";
import { mapAreas, mapRows, mapSeats, mapZones } from "./edit";
import type { Selection } from "./selection";

/** Paints seats with a category. */
export function paint(document: PlanDocument, selection: Selection, category: string): PlanDocument {
  return mapSeats(document, selection, (seat) => (seat.category === category ? seat : { ...seat, category }));
}

export function addCategory(document: PlanDocument, category: Category): PlanDocument {
  return { ...document, categories: [...document.categories, category] };
}

/** Renames or recolours a category; its seats go with the name. */
export function changeCategory(document: PlanDocument, name: string, change: Partial<Category>): PlanDocument {
  const changed = {
    ...document,
    categories: document.categories.map((one) => (one.name === name ? { ...one, ...change } : one)),
  };
  const renamed = change.name;
  if (renamed === undefined || renamed === name) return changed;
  return mapRows(changed, (row) =>
    row.seats.some(({ category }) => category === name)
      ? {
          ...row,
          seats: row.seats.map((seat) => (seat.category === name ? { ...seat, category: renamed } : seat)),
        }
      : row,
  );
}

/** Only one without seats can go: the checker would name each seat otherwise. */
export function removeCategory(document: PlanDocument, name: string): PlanDocument {
  return { ...document, categories: document.categories.filter((one) => one.name !== name) };
}

/** Seats of each category, by its name; also of those that are not defined. */
export function countByCategory(document: PlanDocument): Map<string, number> {
  const counts = new Map<string, number>();
  for (const zone of document.zones)
    for (const row of zone.rows)
      for (const { category } of row.seats) counts.set(category, (counts.get(category) ?? 0) + 1);
  return counts;
}

export function setTrait(
  document: PlanDocument,
  selection: Selection,
  name: SeatTraitName,
  isSet: boolean,
): PlanDocument {
  const bit = SeatTrait[name];
  return mapSeats(document, selection, (seat) => {
    const traits = isSet ? seat.traits | bit : seat.traits & ~bit;
    return traits === seat.traits ? seat : { ...seat, traits };
  });
}

export function setNote(document: PlanDocument, selection: Selection, note: string): PlanDocument {
  const text = note.trim() === "" ? undefined : note;
  return mapSeats(document, selection, (seat) => (seat.note === text ? seat : { ...seat, note: text }));
}

export function setRadius(document: PlanDocument, selection: Selection, radius: number): PlanDocument {
  return mapSeats(document, selection, (seat) => (seat.radius === radius ? seat : { ...seat, radius }));
}

export function setSeatNumber(document: PlanDocument, selection: Selection, number: string): PlanDocument {
  return mapSeats(document, selection, (seat) => ({ ...seat, number }));
}

export type RowTexts = Partial<{ number: string; label: string | undefined; seatLabel: string | undefined }>;

/** Renames the rows that have selected seats. */
export function setRowTexts(document: PlanDocument, selection: Selection, texts: RowTexts): PlanDocument {
  return mapRows(document, (row) =>
    row.seats.some(({ key }) => selection.seats.has(key)) ? { ...row, ...texts } : row,
  );
}

export function setArea(document: PlanDocument, selection: Selection, change: (area: Area) => Area): PlanDocument {
  return mapAreas(document, selection, change);
}

export function setFocalPoint(document: PlanDocument, at: Point | undefined): PlanDocument {
  return { ...document, focalPoint: at };
}

/** Puts rows with selected seats, and selected areas, into a section; a section that is emptied by it goes. */
export function moveToSection(document: PlanDocument, selection: Selection, name: string): PlanDocument {
  const isChosen = (row: Row): boolean => row.seats.some(({ key }) => selection.seats.has(key));
  const target = document.zones.find((zone) => (zone.name ?? "") === name) ?? newZone(name);
  const into = <T extends { readonly at: Point | undefined }>(from: Zone, item: T): T => ({
    ...item,
    at: { x: from.at.x + (item.at?.x ?? 0) - target.at.x, y: from.at.y + (item.at?.y ?? 0) - target.at.y },
  });
  const rows: Row[] = [];
  const areas: Area[] = [];
  const zones = document.zones.flatMap((zone): Zone[] => {
    if (zone === target) return [zone];
    const goingRows = zone.rows.filter(isChosen);
    const goingAreas = (zone.areas ?? []).filter(({ key }) => selection.areas.has(key));
    if (goingRows.length === 0 && goingAreas.length === 0) return [zone];
    rows.push(...goingRows.map((row) => into(zone, row)));
    areas.push(...goingAreas.map((area) => into(zone, area)));
    const left: Zone = {
      ...zone,
      rows: zone.rows.filter((row) => !isChosen(row)),
      areas: zone.areas?.filter(({ key }) => !selection.areas.has(key)),
    };
    return left.rows.length === 0 && (left.areas?.length ?? 0) === 0 ? [] : [left];
  });
  if (rows.length === 0 && areas.length === 0) return document;
  const filled: Zone = {
    ...target,
    rows: [...target.rows, ...rows],
    areas: areas.length > 0 ? [...(target.areas ?? []), ...areas] : target.areas,
  };
  return {
    ...document,
    zones: zones.includes(target) ? zones.map((zone) => (zone === target ? filled : zone)) : [...zones, filled],
  };
}

export function changeZone(document: PlanDocument, key: number, change: (zone: Zone) => Zone): PlanDocument {
  return mapZones(document, (zone) => (zone.key === key ? change(zone) : zone));
}

/** Names the section's floor; floors that nobody is on are forgotten. */
export function setFloor(document: PlanDocument, zoneKey: number, floor: string): PlanDocument {
  const name = floor.trim() === "" ? undefined : floor.trim();
  const changed = changeZone(document, zoneKey, (zone) => ({ ...zone, floor: name }));
  const used = new Set(changed.zones.map((zone) => zone.floor));
  const floors = changed.floors.filter((one) => used.has(one));
  if (name !== undefined && !floors.includes(name)) floors.push(name);
  return { ...changed, floors };
}
