import { describe, expect, it } from "vitest";
import {
  align,
  bendRows,
  distribute,
  duplicate,
  mirror,
  move,
  piecesOf,
  remove,
  rotate,
  skew,
  snapToGrid,
  spaceSeats,
} from "./arrange";
import { checkPlan } from "./check";
import { addTable } from "./draw";
import { originOf, seatCountOf, type PlanDocument } from "./document";
import { boxOfSelection } from "./geometry";
import { bendOf } from "./layout";
import { blockPlan, emptyPlan, richPlan } from "./samples";
import { forEachSeat, selectAll, selectionOf, selectRow, type Selection } from "./selection";

function places(document: PlanDocument, selection: Selection): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  forEachSeat(document, selection, (seat, row, zone) => {
    const origin = originOf(zone, row);
    found.push({ x: Math.round(origin.x + seat.x) + 0, y: Math.round(origin.y + seat.y) + 0 });
  });
  return found;
}

describe("moving", () => {
  const { document, selection } = blockPlan(3, 4);
  const [row] = document.zones[0]?.rows ?? [];

  it("moves a whole row by its position and shares everything else", () => {
    const only = selectRow(document.zones[0] as never, row as never);
    const moved = move(document, only, 10, 5);
    expect(moved.zones[0]?.rows[0]?.seats).toBe(row?.seats);
    expect(moved.zones[0]?.rows[1]).toBe(document.zones[0]?.rows[1]);
    expect(places(moved, only)[0]).toEqual({ x: 10, y: 5 });
  });

  it("moves single seats in their row", () => {
    const one = selectionOf([row?.seats[1]?.key ?? 0]);
    const moved = move(document, one, 0, 7);
    expect(places(moved, one)).toEqual([{ x: 25, y: 7 }]);
    expect(moved.zones[0]?.rows[0]?.seats[0]).toBe(row?.seats[0]);
  });

  it("changes nothing where nothing is selected, or by nothing", () => {
    expect(move(document, selectionOf(), 9, 9)).toBe(document);
    expect(move(document, selection, 0, 0)).toBe(document);
  });
});

describe("turning and mirroring", () => {
  it("turns by a quarter around the middle", () => {
    const { document, selection } = blockPlan(1, 3);
    const turned = rotate(document, selection, 90);
    expect(places(turned, selection)).toEqual([
      { x: 25, y: -25 },
      { x: 25, y: 0 },
      { x: 25, y: 25 },
    ]);
  });

  it("mirrored twice is as it was, areas included", () => {
    const plan = richPlan();
    const all = selectAll(plan);
    const once = mirror(plan, all, true);
    expect(places(once, all)).not.toEqual(places(plan, all));
    expect(places(mirror(once, all, true), all)).toEqual(places(plan, all));
    const box = boxOfSelection(mirror(mirror(plan, all, false), all, false), all);
    expect(box.top).toBeCloseTo(boxOfSelection(plan, all).top, 0);
  });
});

describe("arranging", () => {
  it("aligns rows by an edge and spreads them evenly", () => {
    const { document, selection } = blockPlan(3, 4);
    const [, second] = piecesOf(document, selection);
    const crooked = move(document, second?.selection as Selection, 17, 9);
    const aligned = align(crooked, selection, "left");
    expect(new Set(piecesOf(aligned, selection).map(({ box }) => box.left)).size).toBe(1);
    const spread = distribute(aligned, selection, false);
    expect(piecesOf(spread, selection).map(({ box }) => box.top + 10)).toEqual([0, 30, 60]);
  });

  it("takes a table with its chairs for one piece", () => {
    const texts = { label: (name: string) => name, chair: "chair %s" };
    const made = addTable(emptyPlan(), "Tables", { x: 0, y: 0 }, { kind: "round", chairs: 6 }, texts, "Standard");
    expect(piecesOf(made.document, made.selection)).toHaveLength(1);
  });

  it("bends rows and straightens them again, ends where they were", () => {
    const { document, selection } = blockPlan(2, 9);
    const bent = bendRows(document, selection, 30);
    const seats = bent.zones[0]?.rows[0]?.seats ?? [];
    expect(bendOf(seats)).toBeCloseTo(30, 0);
    expect(seats[0]).toMatchObject({ x: 0, y: 0 });
    expect(places(bendRows(bent, selection, 0), selection)).toEqual(places(document, selection));
  });

  it("spaces seats around the row's middle", () => {
    const { document, selection } = blockPlan(1, 3);
    expect(places(spaceSeats(document, selection, 40), selection).map(({ x }) => x)).toEqual([-15, 25, 65]);
  });

  it("skews rows, and snaps seats to a grid", () => {
    const { document, selection } = blockPlan(3, 2);
    const rows = skew(document, selection, 8);
    expect(piecesOf(rows, selection).map(({ box }) => box.left)).toEqual([-10, -2, 6]);
    expect(places(snapToGrid(rows, selection, 50), selection)[2]).toEqual({ x: 0, y: 50 });
  });
});

describe("copying and deleting", () => {
  it("gives copies ids and names of their own: nothing is there twice", () => {
    const plan = richPlan();
    const copied = duplicate(plan, selectAll(plan), 1500, 0);
    expect(seatCountOf(copied.document)).toBe(2 * seatCountOf(plan));
    expect(copied.selection.seats.size).toBe(seatCountOf(plan));
    expect(checkPlan(copied.document).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(copied.document.zones.flatMap(({ areas }) => areas ?? []).map(({ caption }) => caption?.text)).toContain(
      "4",
    );
  });

  it("deletes seats, empty rows and areas", () => {
    const { document, selection } = blockPlan(2, 3);
    const [first, ...others] = [...selection.seats];
    const gone = remove(document, selectionOf([first ?? 0]));
    expect(gone.zones[0]?.rows[0]?.seats).toHaveLength(2);
    expect(gone.zones[0]?.rows[1]).toBe(document.zones[0]?.rows[1]);
    expect(remove(gone, selectionOf(others)).zones[0]?.rows).toEqual([]);
  });
});
