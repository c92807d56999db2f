import { describe, expect, it } from "vitest";
import { makeSeatMap, seeded } from "./fixtures";
import { compilePlan } from "./plan";
import { SeatState, SeatStates } from "./seat-states";

const plan = compilePlan(makeSeatMap(3, 6, 10, () => 0));

describe("SeatStates", () => {
  it("knows nothing before the first word, and then every seat is neither free nor gone", () => {
    const states = new SeatStates(plan);
    expect(states.isKnown).toBe(false);
    expect(states.states.every((state) => state === SeatState.unknown)).toBe(true);
    states.update(() => SeatState.available);
    expect(states.isKnown).toBe(true);
    expect(states.freeIn(0)).toBe(60);
  });

  it("says which seats changed, and only those", () => {
    const states = new SeatStates(plan);
    const feed = new Uint8Array(plan.seatCount);
    expect(states.update((seat) => feed[seat] ?? 3)).toHaveLength(plan.seatCount);
    feed[7] = SeatState.sold;
    feed[100] = SeatState.held;
    expect(states.update((seat) => feed[seat] ?? 3)).toEqual([7, 100]);
    expect(states.update((seat) => feed[seat] ?? 3)).toEqual([]);
  });

  it("keeps the counts of free seats right through many changes", () => {
    const random = seeded(1);
    const states = new SeatStates(plan);
    const feed = new Uint8Array(plan.seatCount);
    for (let round = 0; round < 50; round++) {
      for (let change = 0; change < 20; change++)
        feed[Math.floor(random() * plan.seatCount)] = Math.floor(random() * 4);
      states.update((seat) => feed[seat] ?? 3);
    }
    plan.sections.forEach((section, index) => {
      const free = [...feed.keys()].filter(
        (seat) => seat >= section.first && seat < section.end && feed[seat] === SeatState.available,
      );
      expect(states.freeIn(index)).toBe(free.length);
      for (const tier of [0, 1]) {
        const ofTier = free.filter((seat) => plan.tier[seat] === tier).length;
        expect(states.freeOf(index, tier)).toBe(ofTier);
        expect(states.freeIn(index, new Set([tier]))).toBe(ofTier);
      }
      expect(states.freeIn(index, new Set([0, 1]))).toBe(free.length);
    });
  });
});
