import { describe, expect, it } from "vitest";
import { compile } from "./compile";
import { addSeatList, readSeatList } from "./csv";
import { seatCountOf } from "./document";
import { checkPlan } from "./check";
import { alongArc, aroundRoundTable, aroundTable, bendOf, fanOf, fittingSeats } from "./layout";
import { changeCategory, countByCategory, moveToSection, paint, setFloor } from "./mean";
import { blockPlan, emptyPlan, richPlan } from "./samples";
import { selectionOf, selectRow } from "./selection";
import { toSvg } from "./svg";

describe("layouts", () => {
  it("put seats at equal distances along an arc whose ends and height are as asked", () => {
    for (const bend of [-40, -5, 0, 5, 40, 100]) {
      const points = alongArc({ x: 10, y: 20 }, { x: 210, y: 70 }, 11, bend);
      expect(points[0]?.x).toBeCloseTo(10);
      expect(points.at(-1)?.y).toBeCloseTo(70);
      expect(bendOf(points)).toBeCloseTo(bend, 1);
      const gaps = points.slice(1).map((p, i) => Math.hypot(p.x - (points[i]?.x ?? 0), p.y - (points[i]?.y ?? 0)));
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(0.01);
    }
  });

  it("fit as many as there is room for", () => {
    expect(fittingSeats({ x: 0, y: 0 }, { x: 100, y: 0 }, 25)).toBe(5);
    expect(fittingSeats({ x: 0, y: 0 }, { x: 99, y: 0 }, 25)).toBe(4);
    expect(
      fanOf({ rows: 2, radius: 100, from: 0, to: 180, pitch: 25, rowPitch: 50 }).map(({ length }) => length),
    ).toEqual([13, 19]);
  });

  it("put chairs around tables without touching", () => {
    for (const chairs of [2, 4, 8, 12, 20]) expect(aroundRoundTable(chairs, 10).chairs).toHaveLength(chairs);
    const { chairs } = aroundTable({ long: 3, ends: 2 }, 10);
    for (const [index, a] of chairs.entries())
      for (const b of chairs.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(20);
  });
});

describe("categories and sections", () => {
  it("count their seats, and take them along with a new name", () => {
    const { document, selection } = blockPlan(2, 3);
    const some = paint(document, selectionOf([...selection.seats].slice(0, 2)), "VIP");
    expect(Object.fromEntries(countByCategory(some))).toEqual({ VIP: 2, Standard: 4 });
    expect(Object.fromEntries(countByCategory(changeCategory(some, "Standard", { name: "Rear" })))).toEqual({
      VIP: 2,
      Rear: 4,
    });
  });

  it("take rows over where they stand; a section that is emptied goes", () => {
    const { document } = blockPlan(2, 3);
    const [zone] = document.zones;
    const row = selectRow(zone as never, zone?.rows[0] as never);
    const two = moveToSection(document, row, "Circle");
    expect(two.zones.map(({ name, rows }) => [name, rows.length])).toEqual([
      ["Stalls", 1],
      ["Circle", 1],
    ]);
    const one = moveToSection(
      two,
      selectionOf(two.zones[0]?.rows.flatMap(({ seats }) => seats.map(({ key }) => key))),
      "Circle",
    );
    expect(one.zones.map(({ name }) => name)).toEqual(["Circle"]);
  });

  it("have floors, which are forgotten with their last section", () => {
    const { document } = blockPlan(1, 2);
    const key = document.zones[0]?.key ?? 0;
    const upstairs = setFloor(document, key, "Upstairs");
    expect(upstairs.floors).toEqual(["Upstairs"]);
    expect(setFloor(upstairs, key, "").floors).toEqual([]);
  });
});

describe("a list of seats", () => {
  it("is read with names or without, with commas, semicolons or tabs, and quotes", () => {
    const expected = [{ section: "Stalls, left", row: "A", seat: "1", category: "" }];
    expect(readSeatList('section,row,seat\r\n"Stalls, left",A,1\r\n').seats).toEqual(expected);
    expect(readSeatList('seat;row;section\n1;A;"Stalls, left"').seats).toEqual(expected);
    expect(readSeatList('\uFEFF"Stalls, left"\tA\t1').seats).toEqual(expected);
  });

  it("names the lines that cannot be read", () => {
    expect(readSeatList('S,A,1\nS,A\nS,,3\n\nS,A,1\n"S,A,9').faults).toEqual([
      { line: 6, reason: "quote" },
      { line: 2, reason: "columns" },
      { line: 3, reason: "empty" },
      { line: 5, reason: "same" },
      { line: 6, reason: "columns" },
    ]);
  });

  it("becomes sections, rows and categories without faults", () => {
    const lines = ["Stalls", "Circle"].flatMap((section) =>
      ["A", "B"].flatMap((row) =>
        [1, 2, 3].map((seat) => `${section},${row},${seat},${section === "Circle" ? "Cheap" : ""}`),
      ),
    );
    const { document } = addSeatList(emptyPlan(), readSeatList(lines.join("\n")).seats, "Standard");
    expect(seatCountOf(document)).toBe(12);
    expect(Object.fromEntries(countByCategory(document))).toEqual({ Standard: 6, Cheap: 6 });
    expect(checkPlan(document)).toEqual([]);
  });
});

describe("a compiled plan", () => {
  it("has every seat and area, and the way back to them", () => {
    const document = richPlan();
    const { plan, keys, ordinals, areas } = compile(document);
    expect(plan.seatCount).toBe(seatCountOf(document));
    expect(ordinals.get(keys[5] ?? -1)).toBe(5);
    expect(areas).toHaveLength(6);
    expect(plan.sections.map(({ name }) => name)).toEqual(["Stalls", "Circle", "Tables"]);
    expect(compile(emptyPlan()).plan.seatCount).toBe(0);
  });

  it("is drawn as SVG with each seat, and nothing in it is code", () => {
    const document = changeCategory(richPlan(), "Standard", { color: '"><script>' });
    const svg = toSvg(document);
    expect(svg.match(/<circle/g)).toHaveLength(seatCountOf(document));
    expect(svg).not.toContain("<script>");
  });
});
