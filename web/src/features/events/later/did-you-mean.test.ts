import { describe, expect, it } from "vitest";
import { didYouMean, editDistance } from "./did-you-mean";

const events = [
  { title: "The Odette Marsh Quartet: Late Set", venue: { name: "The Foundry", city: "Berlin" } },
  { title: "Noche de Patio", venue: { name: "Teatro Árbol", city: "Mexico City" } },
];

describe("didYouMean", () => {
  it.each([
    ["odete", "Odette"],
    ["odtete marsh", "Odette marsh"],
    ["Berln", "Berlin"],
    ["arboll", "Árbol"],
    ["quartett", "Quartet"],
  ])("didYouMean_%s_is put right", (search, meant) => {
    expect(didYouMean(search, events)).toBe(meant);
  });

  it.each(["odet", "berlin", "zzzz", "", "!?", "xylophone"])("didYouMean_%s_is left alone", (search) => {
    expect(didYouMean(search, events)).toBeUndefined();
  });
});

describe("editDistance", () => {
  it.each([
    ["odette", "odette", 0],
    ["odete", "odette", 1],
    ["odtete", "odette", 1],
    ["marsh", "mars", 1],
    ["marsh", "harsh", 1],
    ["kitten", "sitting", 3],
  ])("editDistance_%s and %s_is %i", (first, second, distance) => {
    expect(editDistance(first, second, 9)).toBe(distance);
    expect(editDistance(second, first, 9)).toBe(distance);
  });

  it("editDistance_far apart_stops at the limit", () => {
    expect(editDistance("abcdefgh", "zyxwvuts", 3)).toBe(3);
  });
});
