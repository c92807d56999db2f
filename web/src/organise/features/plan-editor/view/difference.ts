import type { PlanDocument, Zone } from "../model/document";
import { boxOfPlan, noBox, unionOf, type Box } from "../model/geometry";

/**
 * Where two plans differ, as the map draws them: the boxes of the sections that are not the same, as they were and as
 * they are. Undefined: everywhere, since the colours changed.
 */
export function changedBoxes(before: PlanDocument, after: PlanDocument): Box[] | undefined {
  if (before.categories !== after.categories) return undefined;
  if (before.zones === after.zones) return [];
  const known = new Map(before.zones.map((zone) => [zone.key, zone]));
  const boxes: Box[] = [];
  for (const zone of after.zones) {
    const old = known.get(zone.key);
    known.delete(zone.key);
    if (old === zone) continue;
    boxes.push(old === undefined ? boxOf(zone, after) : unionOf(boxOf(old, before), boxOf(zone, after)));
  }
  for (const gone of known.values()) boxes.push(boxOf(gone, before));
  return boxes;
}

const boxes = new WeakMap<Zone, Box>();

function boxOf(zone: Zone, document: PlanDocument): Box {
  const known = boxes.get(zone);
  if (known !== undefined) return known;
  const isEmpty = zone.rows.every(({ seats }) => seats.length === 0) && (zone.areas?.length ?? 0) === 0;
  const box = isEmpty ? noBox : boxOfPlan({ ...document, zones: [zone] });
  boxes.set(zone, box);
  return box;
}
