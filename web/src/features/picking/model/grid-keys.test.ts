import { describe, expect, it } from "vitest";
import { keyFor, placeAfter, type Place } from "./grid-keys";

// A dot cannot have the focus.
const rows = ["xxxxx", "xx", "...", ".xx.x"].map((row) => [...row].map((button) => button === "x"));
const go = (key: string, from: Place, ctrlKey = false) => placeAfter({ key, ctrlKey }, from, rows);

describe("the keys of a grid", () => {
  it("go along a row and stay at its ends", () => {
    expect(go("ArrowRight", { row: 0, index: 0 })).toEqual({ row: 0, index: 1 });
    expect(go("ArrowLeft", { row: 0, index: 1 })).toEqual({ row: 0, index: 0 });
    expect(go("ArrowLeft", { row: 0, index: 0 })).toEqual({ row: 0, index: 0 });
    expect(go("ArrowRight", { row: 0, index: 4 })).toEqual({ row: 0, index: 4 });
  });

  it("go to a row's ends, and with Ctrl to those of the whole", () => {
    expect(go("End", { row: 0, index: 1 })).toEqual({ row: 0, index: 4 });
    expect(go("Home", { row: 3, index: 4 })).toEqual({ row: 3, index: 1 });
    expect(go("End", { row: 0, index: 1 }, true)).toEqual({ row: 3, index: 4 });
    expect(go("Home", { row: 3, index: 4 }, true)).toEqual({ row: 0, index: 0 });
  });

  it("go to the same place of another row, or to the last of a shorter one", () => {
    expect(go("ArrowDown", { row: 0, index: 1 })).toEqual({ row: 1, index: 1 });
    expect(go("ArrowDown", { row: 0, index: 4 })).toEqual({ row: 1, index: 1 });
    expect(go("ArrowUp", { row: 1, index: 1 })).toEqual({ row: 0, index: 1 });
    expect(go("ArrowUp", { row: 0, index: 2 })).toEqual({ row: 0, index: 2 });
    expect(go("ArrowDown", { row: 3, index: 2 })).toEqual({ row: 3, index: 2 });
  });

  it("pass over what cannot have the focus", () => {
    expect(go("ArrowDown", { row: 1, index: 0 })).toEqual({ row: 3, index: 1 });
    expect(go("ArrowUp", { row: 3, index: 4 })).toEqual({ row: 1, index: 1 });
    expect(go("ArrowRight", { row: 3, index: 2 })).toEqual({ row: 3, index: 4 });
    expect(go("ArrowLeft", { row: 3, index: 4 })).toEqual({ row: 3, index: 2 });
    expect(go("ArrowLeft", { row: 3, index: 1 })).toEqual({ row: 3, index: 1 });
  });

  it("leave every other key to the browser", () => {
    for (const key of ["Tab", "Enter", " ", "PageDown", "a"]) expect(go(key, { row: 0, index: 0 })).toBeUndefined();
  });

  it("go the way that the page is written", () => {
    expect(keyFor("ArrowLeft", "rtl")).toBe("ArrowRight");
    expect(keyFor("ArrowRight", "rtl")).toBe("ArrowLeft");
    expect(keyFor("ArrowDown", "rtl")).toBe("ArrowDown");
    expect(keyFor("ArrowLeft", "ltr")).toBe("ArrowLeft");
  });
});
