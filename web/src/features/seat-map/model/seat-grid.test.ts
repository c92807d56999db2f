import { describe, expect, it } from "vitest";
import { makeSeatMap, seeded } from "./fixtures";
import { compilePlan } from "./plan";
import { SeatGrid } from "./seat-grid";

const random = seeded(4711);
const plan = compilePlan(makeSeatMap(5, 30, 24, random));
const grid = new SeatGrid(plan);

describe("SeatGrid", () => {
  it("finds the same nearest seat as looking at every one", () => {
    for (let attempt = 0; attempt < 2000; attempt++) {
      const x = -100 + random() * (plan.bounds.right + 200);
      const y = random() * (plan.bounds.bottom + 200);
      const within = 5 + random() * 40;
      let best = -1;
      let bestSquare = within * within;
      for (let seat = 0; seat < plan.seatCount; seat++) {
        const square = ((plan.x[seat] as number) - x) ** 2 + ((plan.y[seat] as number) - y) ** 2;
        if (square < bestSquare) [best, bestSquare] = [seat, square];
      }
      expect(grid.nearest(x, y, within)).toBe(best);
    }
  });

  it("visits every seat of a box, and none twice", () => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const left = random() * plan.bounds.right;
      const top = random() * plan.bounds.bottom;
      const box = { left, top, right: left + random() * 800, bottom: top + random() * 600 };
      const visited: number[] = [];
      grid.forEachIn(box, (seat) => visited.push(seat));
      expect(new Set(visited).size).toBe(visited.length);
      const found = new Set(visited);
      for (let seat = 0; seat < plan.seatCount; seat++) {
        const [x, y] = [plan.x[seat] as number, plan.y[seat] as number];
        if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) expect(found.has(seat)).toBe(true);
      }
    }
  });

  it("is empty for a plan without seats", () => {
    const empty = new SeatGrid(compilePlan(makeSeatMap(0, 0, 0)));
    expect(empty.nearest(0, 0, 1000)).toBe(-1);
  });
});
