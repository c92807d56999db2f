import { addBoxedArea, addIcon, addPolygon, addRows, addTable, type Change } from "./draw";
import { emptyDocument, type PlanDocument } from "./document";
import { blockOf, fanOf } from "./layout";
import { setFloor, setNote, setTrait, setFocalPoint } from "./mean";
import { plainLetters, plainNumbers } from "./numbering";
import { selectionOf } from "./selection";

/** Plans for tests and measurements. */

export const numbering = { rows: plainLetters, seats: plainNumbers };

export function emptyPlan(): PlanDocument {
  return emptyDocument("Hall", { name: "Standard", color: "#7c3aed", rest: undefined });
}

export function blockPlan(rows: number, seats: number, section = "Stalls", bend = 0, given = emptyPlan()): Change {
  const points = blockOf({ rows, seats, pitch: 25, rowPitch: 30, bend, skew: 0 });
  return addRows(given, section, points, numbering, "Standard");
}

/** One of everything that can be drawn. */
export function richPlan(): PlanDocument {
  const drawn = blockPlan(4, 8, "Stalls");
  const { selection } = drawn;
  let { document } = drawn;
  document = setTrait(document, selectionOf([...selection.seats].slice(0, 2)), "wheelchair", true);
  document = setTrait(document, selectionOf([...selection.seats].slice(2, 4)), "companion", true);
  const pillar = selectionOf([...selection.seats].slice(8, 10));
  document = setNote(setTrait(document, pillar, "restrictedView", true), pillar, "Behind a pillar");
  const fan = fanOf({ rows: 3, radius: 200, from: 20, to: 160, pitch: 25, rowPitch: 30 }).map((row) =>
    row.map(({ x, y }) => ({ x: x + 400, y: y + 400 })),
  );
  ({ document } = addRows(document, "Circle", fan, numbering, "Standard"));
  const texts = { label: (name: string) => `Table ${name}`, chair: "chair %s" };
  ({ document } = addTable(document, "Tables", { x: 900, y: 100 }, { kind: "round", chairs: 8 }, texts, "Standard"));
  const long = { kind: "rectangular", long: 4, ends: 1 } as const;
  ({ document } = addTable(document, "Tables", { x: 900, y: 300 }, long, texts, "Standard"));
  const floor = [
    { x: 0, y: 300 },
    { x: 200, y: 300 },
    { x: 220, y: 420 },
  ];
  ({ document } = addPolygon(document, "Stalls", floor, "standing", "Pit"));
  ({ document } = addBoxedArea(
    document,
    "Stalls",
    "rectangle",
    { x: 0, y: -90 },
    { x: 200, y: -30 },
    "stage",
    "Stage",
  ));
  ({ document } = addBoxedArea(document, "Stalls", "ellipse", { x: 300, y: 0 }, { x: 360, y: 40 }, "booth", "Bar"));
  ({ document } = addIcon(document, "Stalls", { x: -60, y: 0 }, "exit", "Exit"));
  const [, circle] = document.zones;
  document = setFloor(document, circle?.key ?? -1, "First floor");
  return setFocalPoint(document, { x: 100, y: -60 });
}
