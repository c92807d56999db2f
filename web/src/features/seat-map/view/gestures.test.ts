import { beforeEach, describe, expect, it } from "vitest";
import { Gestures } from "./gestures";

let log: string[] = [];
let tapDoes = true;
const make = () =>
  new Gestures({
    onGrab: () => undefined,
    onPan: (dx, dy) => log.push(`pan ${dx} ${dy}`),
    onZoom: (_at, factor) => log.push(`zoom ${factor.toFixed(2)}`),
    onFling: (vx) => log.push(`fling ${vx.toFixed(1)}`),
    onTap: () => {
      log.push("tap");
      return tapDoes;
    },
    onDoubleTap: () => log.push("double"),
  });

beforeEach(() => {
  log = [];
  tapDoes = true;
});

describe("Gestures", () => {
  it("takes a trembling finger for a tap", () => {
    const gestures = make();
    gestures.down(1, { x: 10, y: 10 }, 0, true);
    gestures.move(1, { x: 16, y: 12 }, 40);
    gestures.up(1, { x: 16, y: 12 }, 90);
    expect(log).toEqual(["tap"]);
  });

  it("drags, and throws when the finger was quick at the end", () => {
    const gestures = make();
    gestures.down(1, { x: 0, y: 0 }, 0, false);
    for (let step = 1; step <= 5; step++) gestures.move(1, { x: step * 20, y: 0 }, step * 10);
    gestures.up(1, { x: 100, y: 0 }, 55);
    expect(log[0]).toBe("pan 20 0");
    expect(log.at(-1)).toBe("fling 1.8");
  });

  it("throws nothing when the finger rested first", () => {
    const gestures = make();
    gestures.down(1, { x: 0, y: 0 }, 0, false);
    gestures.move(1, { x: 100, y: 0 }, 50);
    gestures.up(1, { x: 100, y: 0 }, 400);
    expect(log).toEqual(["pan 100 0"]);
  });

  it("zooms by how far two fingers spread, and does not tap when they leave", () => {
    const gestures = make();
    gestures.down(1, { x: 100, y: 100 }, 0, true);
    gestures.down(2, { x: 200, y: 100 }, 5, true);
    gestures.move(2, { x: 300, y: 100 }, 30);
    gestures.up(2, { x: 300, y: 100 }, 200);
    gestures.up(1, { x: 100, y: 100 }, 210);
    expect(log).toEqual(["pan 50 0", "zoom 2.00"]);
  });

  it("knows a double tap only where the first did nothing: two seats may be chosen quickly", () => {
    const tapTwice = () => {
      const gestures = make();
      for (const start of [0, 150]) {
        gestures.down(1, { x: 50, y: 50 }, start, true);
        gestures.up(1, { x: 50, y: 50 }, start + 40);
      }
    };
    tapTwice();
    expect(log).toEqual(["tap", "tap"]);
    log = [];
    tapDoes = false;
    tapTwice();
    expect(log).toEqual(["tap", "double"]);
  });
});
