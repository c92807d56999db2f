import { describe, expect, it } from "vitest";
import { makeSeatMap } from "./fixtures";
import { detailAt, detailPixels, scaleForPitch, tapChooses } from "./level-of-detail";
import { compilePlan } from "./plan";

const large = compilePlan(makeSeatMap(8, 30, 20, () => 0));
const small = compilePlan(makeSeatMap(3, 10, 10, () => 0));
const single = compilePlan(makeSeatMap(1, 10, 10, () => 0));
const at = (plan: typeof large, pixels: number) => detailAt(plan, scaleForPitch(plan, pixels));

describe("detailAt", () => {
  it("shows sections, then seats, then shapes, then numbers", () => {
    expect(at(large, detailPixels.dots - 0.1)).toMatchObject({ hasSeats: false, hasGlyphs: false, hasNumbers: false });
    expect(at(large, detailPixels.dots + 0.1)).toMatchObject({ hasSeats: true, hasGlyphs: false });
    expect(at(large, detailPixels.glyphs + 0.1)).toMatchObject({ hasGlyphs: true, hasNumbers: false });
    expect(at(large, detailPixels.numbers + 0.1)).toMatchObject({ hasGlyphs: true, hasNumbers: true });
  });

  it("shows the seats of a small plan sooner, and of one without sections always", () => {
    expect(at(small, 3).hasSeats).toBe(true);
    expect(at(large, 3).hasSeats).toBe(false);
    expect(at(single, 1).hasSeats).toBe(true);
  });
});

describe("tapChooses", () => {
  it("asks a finger for as much as a fingertip covers and a mouse for less", () => {
    expect(tapChooses(large, scaleForPitch(large, 24), true)).toBe(false);
    expect(tapChooses(large, scaleForPitch(large, 26), true)).toBe(true);
    expect(tapChooses(large, scaleForPitch(large, 20), false)).toBe(true);
    expect(tapChooses(large, scaleForPitch(large, 6), false)).toBe(false);
  });
});
