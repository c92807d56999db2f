import { describe, expect, it } from "vitest";
import { makeSeatMap, seeded } from "./fixtures";
import { compilePlan } from "./plan";
import { freeByTier, SeatState, SeatStates } from "./seat-states";

const plan = compilePlan(makeSeatMap(3, 6, 10, () => 0));

describe("SeatStates", () => {
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
    const byTier = freeByTier(plan, (seat) => feed[seat] ?? 3);
    plan.sections.forEach((section, index) => {
      const free = feed.slice(section.first, section.end).filter((state) => state === SeatState.available).length;
      expect(states.freeIn(index)).toBe(free);
    });
    for (const tier of [0, 1]) {
      expect(plan.sections.reduce((sum, _, index) => sum + states.freeIn(index, tier), 0)).toBe(byTier[tier]);
    }
  });
});
