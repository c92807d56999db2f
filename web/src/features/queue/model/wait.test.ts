import { describe, expect, it } from "vitest";
import { minutesOf, waitOf, withSample, type Sample } from "./wait";

describe("the wait", () => {
  it("is a range around what the rate promises", () => {
    expect(waitOf(600, 60, [])).toEqual({ from: 420, to: 900 });
    expect(waitOf(0, 60, [])).toEqual({ from: 0, to: 0 });
    expect(waitOf(5, 0, [])).toBeUndefined();
  });

  it("is longer where the line moved slower than the rate", () => {
    const samples: Sample[] = [
      { served: 100, atMs: 0 },
      { served: 130, atMs: 60_000 },
    ];
    expect(waitOf(600, 60, samples)).toEqual({ from: 420, to: 1800 });
  });

  it("is not without end where the line stood", () => {
    const samples: Sample[] = [
      { served: 100, atMs: 0 },
      { served: 100, atMs: 60_000 },
    ];
    expect(waitOf(60, 60, samples)).toEqual({ from: 42, to: 1800 });
  });

  it("forgets what is old, and all of it when the line begins anew", () => {
    const samples = withSample([{ served: 5, atMs: 0 }], { served: 9, atMs: 200_000 });
    expect(samples).toEqual([{ served: 9, atMs: 200_000 }]);
    expect(withSample(samples, { served: 1, atMs: 201_000 })).toEqual([{ served: 1, atMs: 201_000 }]);
  });

  it("is said in whole minutes", () => {
    expect([0, 29, 90, 1740, 1860, 4000].map(minutesOf)).toEqual([1, 1, 2, 29, 30, 65]);
  });
});
