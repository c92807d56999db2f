import { describe, expect, it } from "vitest";
import { mirror } from "./arrange";
import { letterOf, namesOf, plainLetters, plainNumbers, previewNumbers, renumber, type Scheme } from "./numbering";
import { blockPlan } from "./samples";
import { selectionOf } from "./selection";

describe("a scheme", () => {
  const cases: [string, Partial<Scheme>, number, string][] = [
    ["numbers", { kind: "numbers" }, 4, "1 2 3 4"],
    ["numbers from 101", { kind: "numbers", start: 101 }, 3, "101 102 103"],
    ["reversed", { kind: "numbers", isReversed: true }, 3, "3 2 1"],
    ["odd", { kind: "odd" }, 4, "1 3 5 7"],
    ["odd from an even start", { kind: "odd", start: 2 }, 2, "3 5"],
    ["even", { kind: "even" }, 3, "2 4 6"],
    ["from the middle", { kind: "middle" }, 5, "5 3 1 2 4"],
    ["from the middle, an even number", { kind: "middle" }, 6, "5 3 1 2 4 6"],
    ["letters", { kind: "letters", start: 25 }, 4, "Y Z AA AB"],
    ["letters without I and O", { kind: "lettersWithoutIO", start: 8 }, 3, "H J K"],
    ["letters without I and O, to the end", { kind: "lettersWithoutIO", start: 13 }, 2, "N P"],
    ["a list, and on", { kind: "list", list: ["Box", "Loge"] }, 3, "Box Loge 3"],
    ["with a prefix", { kind: "numbers", prefix: "B" }, 2, "B1 B2"],
    ["none", {}, 0, ""],
  ];
  it.each(cases)("of %s", (_name, scheme, count, expected) => {
    expect(namesOf({ ...plainNumbers, ...scheme }, count).join(" ")).toBe(expected);
  });

  it("never gives two the same name", () => {
    for (const kind of ["numbers", "odd", "even", "middle", "letters", "lettersWithoutIO"] as const) {
      for (let count = 1; count < 90; count++) {
        expect(new Set(namesOf({ ...plainNumbers, kind }, count)).size).toBe(count);
      }
    }
    expect(letterOf(701)).toBe("ZZ");
    expect(letterOf(702)).toBe("AAA");
  });
});

describe("renumbering", () => {
  const { document, selection } = blockPlan(3, 4);
  const names = (plan = document) => plan.zones[0]?.rows.map(({ number }) => number).join(" ");
  const seats = (plan = document, row = 0) => plan.zones[0]?.rows[row]?.seats.map(({ number }) => number).join(" ");
  const both = { rows: plainLetters, seats: plainNumbers, isFromBack: false, goesOn: false };

  it("names rows from the back, counts seats from the right", () => {
    const numbered = renumber(document, selection, {
      ...both,
      isFromBack: true,
      seats: { ...plainNumbers, isReversed: true },
    });
    expect(names(numbered)).toBe("C B A");
    expect(seats(numbered)).toBe("4 3 2 1");
  });

  it("goes on counting from row to row", () => {
    const numbered = renumber(document, selection, { ...both, goesOn: true });
    expect([0, 1, 2].map((row) => seats(numbered, row))).toEqual(["1 2 3 4", "5 6 7 8", "9 10 11 12"]);
  });

  it("leaves alone what is not selected, and what would not change", () => {
    const some = selectionOf([...selection.seats].slice(0, 2));
    const numbered = renumber(document, some, { ...both, rows: undefined, seats: { ...plainNumbers, start: 9 } });
    expect(seats(numbered)).toBe("9 10 3 4");
    expect(numbered.zones[0]?.rows[1]).toBe(document.zones[0]?.rows[1]);
    expect(renumber(document, selection, both)).toBe(document);
  });

  it("counts as the eye goes, whatever the order of drawing", () => {
    const mirrored = mirror(document, selection, true);
    const first = previewNumbers(mirrored, selection, both)[0];
    expect([...(first?.numbers.values() ?? [])]).toEqual(["1", "2", "3", "4"]);
    expect(seats(renumber(mirrored, selection, both))).toBe("4 3 2 1");
  });
});
