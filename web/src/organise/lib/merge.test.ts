import { describe, expect, it } from "vitest";
import { changedPart, conflictsOf } from "./merge";

const before = { title: "Night", summary: "", venue: { id: "1" } };

describe("a change", () => {
  it("sends only what is another than what is stored", () => {
    expect(changedPart(before, { title: "Night", summary: "Late", venue: { id: "1" } })).toEqual({ summary: "Late" });
    expect(changedPart({ end: undefined as string | null | undefined }, { end: null })).toEqual({});
  });
});

describe("two changes at once", () => {
  it("conflict where both changed the same field, to different things", () => {
    const now = { ...before, title: "Nights", summary: "Long" };
    expect(conflictsOf(before, now, { title: "Day" })).toEqual([{ field: "title", theirs: "Nights", mine: "Day" }]);
    expect(conflictsOf(before, now, { title: "Nights" })).toEqual([]);
  });

  it("do not conflict where they are about different fields", () => {
    expect(conflictsOf(before, { ...before, summary: "Long" }, { title: "Day" })).toEqual([]);
  });
});
