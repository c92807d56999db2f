import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bestTogether, canSeatWithoutOrphan } from "./best-available";
import { orphansLeftBy } from "./orphan-rule";
import type { SeatLayout } from "./seat-layout";

/** Written by the server's own tests of the rules. */
interface Vector<Case> {
  rows: number[];
  tiers: number[];
  distances: number[];
  aisles: number[];
  states: number[];
  cases: Case[];
}

function vectors<Case>(name: string): Vector<Case>[] {
  const file = new URL(`../../../../fixtures/seating/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Vector<Case>[];
}

function layoutOf({ rows, tiers, distances, aisles }: Vector<unknown>): SeatLayout {
  const rowStarts = rows.map((_, row) => rows.slice(0, row).reduce((sum, length) => sum + length, 0));
  const isBesideNext = aisles.map((aisle, seat) =>
    aisle === 1 || seat + 1 >= tiers.length || rowStarts.includes(seat + 1) ? 0 : 1,
  );
  return { tier: tiers, isBesideNext, distance: Float32Array.from(distances), rowStarts: [...rowStarts, tiers.length] };
}

const tier = 0;

describe("the rules of seating decide as the server's do", () => {
  it("which seats are the best", () => {
    const all = vectors<{ quantity: number; seats: number[] | null; canSeatWithoutOrphan: boolean }>("best-available");
    expect(all.length).toBeGreaterThan(100);
    for (const vector of all) {
      const layout = layoutOf(vector);
      const isFree = (seat: number): boolean => vector.states[seat] === 0;
      for (const { quantity, seats, canSeatWithoutOrphan: canSeat } of vector.cases) {
        expect(bestTogether(layout, tier, quantity, isFree) ?? null).toEqual(seats);
        expect(canSeatWithoutOrphan(layout, tier, quantity, isFree)).toBe(canSeat);
      }
    }
  });

  it("which seats would be left alone", () => {
    const all = vectors<{ chosen: number[]; orphans: number[] }>("orphan-rule");
    expect(all.length).toBeGreaterThan(100);
    for (const vector of all) {
      const isFree = (seat: number): boolean => vector.states[seat] === 0;
      for (const { chosen, orphans } of vector.cases) {
        expect(orphansLeftBy(layoutOf(vector), isFree, new Set(chosen))).toEqual(orphans);
      }
    }
  });
});
