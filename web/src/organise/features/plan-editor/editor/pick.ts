import type { SeatGrid } from "@/features/seat-map/model/seat-grid";
import type { Compiled } from "../model/compile";
import type { Area, Point, Row, Zone } from "../model/document";
import { boxOfArea, isInPolygon, outlineOf, type Box } from "../model/geometry";
import { nothing, selectionOf, selectRow, selectZone, type Selection } from "../model/selection";
import type { Reach } from "./editor";

/** What can be pressed: on the shown floor only. */
export interface Scene {
  compiled: Compiled;
  grid: SeatGrid;
  floor: string | undefined;
}

function isShown({ floor }: Scene, zone: Zone): boolean {
  return floor === undefined || zone.floor === floor;
}

/** What lies at a point of the plan: a seat, its row or its section as the reach has it, or an area. */
export function pickAt(scene: Scene, at: Point, reach: Reach, within: number): Selection {
  const { compiled, grid } = scene;
  const { plan } = compiled;
  // Between two seats of a row is in the row.
  const gap = reach === "seat" ? 0 : plan.pitch * 0.65;
  const seat = grid.nearest(at.x, at.y, Math.max(plan.maxRadius * 1.2, within, gap));
  if (seat >= 0) {
    const owner = compiled.rows[plan.rowOf[seat] ?? -1];
    if (owner !== undefined && isShown(scene, owner.zone)) {
      if (reach === "section") return selectZone(owner.zone);
      return reach === "row" ? selectRow(owner.zone, owner.row) : selectionOf([compiled.keys[seat] ?? -1]);
    }
  }
  const area = areaAt(scene, at, within);
  if (area === undefined) return nothing;
  const table = compiled.rows.find(({ row }) => row.uuid !== undefined && row.uuid === area.area.uuid);
  if (table !== undefined && reach === "row") return selectRow(table.zone, table.row);
  return reach === "section" ? selectZone(area.zone) : selectionOf([], [area.area.key]);
}

/** The topmost: what was drawn last. */
function areaAt(scene: Scene, at: Point, within: number): { zone: Zone; area: Area } | undefined {
  return scene.compiled.areas.findLast(({ zone, area }) => {
    if (!isShown(scene, zone)) return false;
    const outline = outlineOf(zone, area);
    if (outline.length > 0) return isInPolygon(outline, at);
    const box = boxOfArea(zone, area);
    return (
      at.x >= box.left - within && at.x <= box.right + within && at.y >= box.top - within && at.y <= box.bottom + within
    );
  });
}

/**
 * Seats and areas within a polygon; areas only as a whole. Rows and sections of which any seat is in it, by the reach.
 */
export function pickIn(scene: Scene, polygon: readonly Point[], box: Box, reach: Reach): Selection {
  const { compiled, grid } = scene;
  const { plan, keys, rows } = compiled;
  const seats: number[] = [];
  const found = new Set<{ zone: Zone; row: Row }>();
  grid.forEachIn(box, (seat) => {
    const at = { x: plan.x[seat] as number, y: plan.y[seat] as number };
    if (at.x < box.left || at.x > box.right || at.y < box.top || at.y > box.bottom || !isInPolygon(polygon, at)) return;
    const owner = rows[plan.rowOf[seat] ?? -1];
    if (owner === undefined || !isShown(scene, owner.zone)) return;
    seats.push(keys[seat] as number);
    found.add(owner);
  });
  const areas = compiled.areas
    .filter(({ zone, area }) => {
      if (!isShown(scene, zone)) return false;
      const around = boxOfArea(zone, area);
      return (
        isInPolygon(polygon, { x: around.left, y: around.top }) &&
        isInPolygon(polygon, { x: around.right, y: around.bottom })
      );
    })
    .map(({ area }) => area.key);
  if (reach === "section") {
    const zones = new Set([...found].map(({ zone }) => zone));
    const all = [...zones].map(selectZone);
    return selectionOf(
      all.flatMap((one) => [...one.seats]),
      [...areas, ...all.flatMap((one) => [...one.areas])],
    );
  }
  return selectionOf(seats, areas);
}

/** All that Tab goes through: rows and tables, then areas, section by section. */
export function objectsOf({ compiled, floor }: Pick<Scene, "compiled" | "floor">): Selection[] {
  const shown = compiled.document.zones.filter((zone) => floor === undefined || zone.floor === floor);
  return shown.flatMap((zone) => {
    const tables = new Set(zone.rows.map(({ uuid }) => uuid).filter((uuid) => uuid !== undefined));
    return [
      ...zone.rows.filter(({ seats }) => seats.length > 0).map((row) => selectRow(zone, row)),
      ...(zone.areas ?? [])
        .filter(({ uuid }) => uuid === undefined || !tables.has(uuid))
        .map(({ key }) => selectionOf([], [key])),
    ];
  });
}
