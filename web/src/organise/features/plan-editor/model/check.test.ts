import { describe, expect, it } from "vitest";
import { move, snapToGrid } from "./arrange";
import { checkPlan, mostProblemsOfKind, type ProblemKind } from "./check";
import { copyRow } from "./draw";
import { type PlanDocument } from "./document";
import { addCategory, paint, setRadius, setRowTexts, setSeatNumber } from "./mean";
import { blockPlan, emptyPlan, richPlan } from "./samples";
import { selectionOf } from "./selection";

const kinds = (document: PlanDocument): ProblemKind[] => checkPlan(document).map(({ kind }) => kind);
const { document, selection } = blockPlan(3, 4);
const [first = 0, second = 0] = selection.seats;

describe("the checker", () => {
  it("finds nothing in a plan that is well drawn", () => {
    expect(checkPlan(richPlan())).toEqual([]);
  });

  it("names what an empty plan lacks", () => {
    expect(kinds({ ...emptyPlan(), name: " " })).toEqual(["noName", "noSeats", "unusedCategory"]);
  });

  it("points to seats of the same label, each with the other", () => {
    const [problem] = checkPlan(setSeatNumber(document, selectionOf([second]), "1"));
    expect(problem).toMatchObject({
      kind: "sameLabel",
      severity: "error",
      pointer: "/zones/0/rows/0/seats/1/seat_number",
      name: "Stalls · A · 1",
    });
    expect([...(problem?.selection.seats ?? [])]).toEqual([first, second]);
  });

  it("takes rows of the same name for the same row, unless their labels differ", () => {
    const same = setRowTexts(document, selection, { number: "A" });
    expect(kinds(same)).toHaveLength(8);
    const row = same.zones[0]?.rows[1];
    const told = setRowTexts(same, selectionOf(row?.seats.map(({ key }) => key)), { label: "row A, part 2" });
    expect(kinds(told)).toHaveLength(4);
  });

  it("points to seats that cover one another, across rows and cells", () => {
    const over = move(document, selectionOf([second]), -20, 0);
    expect(checkPlan(over)).toMatchObject([
      { kind: "overlap", pointer: "/zones/0/rows/0/seats/1/position", name: "Stalls · A · 1", other: "Stalls · A · 2" },
    ]);
    expect(kinds(move(document, selectionOf([second]), -8, 0))).toEqual([]);
    expect(kinds(snapToGrid(document, selection, 1000))).toHaveLength(11);
  });

  it("names seats without a category, without a number, with another's id, and rows without a name", () => {
    expect(kinds(paint(document, selectionOf([first]), "Gone"))).toEqual(["noCategory"]);
    expect(kinds(setSeatNumber(document, selectionOf([first]), " "))).toEqual(["emptySeatNumber"]);
    expect(kinds(setRowTexts(document, selectionOf([first]), { number: "" }))).toEqual(["emptyRowName"]);
    expect(kinds(setRadius(document, selectionOf([first]), 9.5))).toEqual(["fraction"]);
    const [zone] = document.zones;
    const [row] = zone?.rows ?? [];
    const twice = {
      ...document,
      zones: [{ ...zone, rows: [...(zone?.rows ?? []), { ...copyRow(row as never), seats: row?.seats }] }],
    };
    expect(new Set(kinds(twice as never))).toEqual(new Set(["sameId", "sameLabel", "overlap"]));
  });

  it("warns of categories nobody has, and of sections that the list cannot tell apart", () => {
    expect(kinds(addCategory(document, { name: "VIP", color: undefined, rest: undefined }))).toEqual([
      "unusedCategory",
    ]);
    const two = blockPlan(1, 2, "Circle", 0, document).document;
    const named = (name: string | undefined) => ({
      ...two,
      zones: two.zones.map((zone, index) => (index === 1 ? { ...zone, at: { x: 900, y: 900 }, name } : zone)),
    });
    expect(kinds(named(undefined))).toEqual(["unnamedSection"]);
    expect(kinds(named("Stalls"))).toContain("sameSection");
  });

  it("does not tell one fault a thousand times", () => {
    const large = blockPlan(40, 40).document;
    const bare = { ...large, categories: [{ name: "Other", color: undefined, rest: undefined }] };
    expect(kinds(bare).filter((kind) => kind === "noCategory")).toHaveLength(mostProblemsOfKind);
  });
});
