import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isAsPromised, lotOf, positionOf } from "./draw";

/** Written by the server's own tests of the draw. */
interface Vector {
  seed: string;
  commitment: string;
  beacon: string;
  eventId: string;
  buyerId: string;
  early: number;
  lot: string;
  position: number;
}

const file = new URL("../../../../../fixtures/waiting-room/draw.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

describe("the draw", () => {
  it("gives every buyer the lot and the position that the server gives", async () => {
    expect(vectors.length).toBeGreaterThan(100);
    for (const vector of vectors) {
      const lot = await lotOf(vector, vector.eventId, vector.buyerId);
      expect(lot.toString(16).padStart(16, "0")).toBe(vector.lot);
      expect(positionOf(lot, vector.early)).toBe(vector.position);
      expect(await isAsPromised(vector)).toBe(true);
    }
  });

  it("notices a seed that was not promised", async () => {
    for (const { seed, commitment } of vectors.slice(0, 5)) {
      const other = seed.replace(/^../, seed.startsWith("00") ? "11" : "00");
      expect(await isAsPromised({ seed: other, commitment })).toBe(false);
    }
  });
});
