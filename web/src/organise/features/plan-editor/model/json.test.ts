import { describe, expect, it } from "vitest";
import { move, rotate } from "./arrange";
import { checkPlan } from "./check";
import { readPlan, UnreadablePlanError, writePlan } from "./json";
import { blockPlan, richPlan } from "./samples";
import { selectAll } from "./selection";

const asFile = (document: ReturnType<typeof richPlan>): unknown => JSON.parse(JSON.stringify(writePlan(document)));

describe("a plan as a file", () => {
  it("is the same when it is drawn, written and read again: straight, curved, tables, areas", () => {
    for (const plan of [richPlan(), blockPlan(3, 7, "Balcony", 18).document]) {
      const file = asFile(plan);
      expect(asFile(readPlan(file))).toEqual(file);
      expect(checkPlan(plan).filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });

  it("stays the same after being moved there and back, and turned all around", () => {
    const plan = readPlan(asFile(richPlan()));
    const all = selectAll(plan);
    expect(asFile(move(move(plan, all, 123, -45), all, -123, 45))).toEqual(asFile(plan));
    const turned = [90, 90, 90, 90].reduce((one, degrees) => rotate(one, all, degrees, { x: 0, y: 0 }), plan);
    expect(asFile(turned)).toEqual(asFile(plan));
  });

  it("keeps what this program does not know, wherever it stands", () => {
    const file = {
      name: "Old hall",
      madeWith: "another",
      categories: [{ name: "A", color: "#123456", order: 3 }],
      size: { width: 10, height: 20 },
      zones: [
        {
          name: "Z",
          zone_id: "z-1",
          uuid: "u",
          position: { x: 1.25, y: 2 },
          light: "dim",
          rows: [
            {
              row_number: "1",
              row_number_position: "both",
              position: { x: 3, y: 4 },
              seats: [
                {
                  seat_guid: "s",
                  seat_number: "1",
                  start_direction: "left",
                  uuid: "x",
                  position: { x: 5, y: 6 },
                  category: "A",
                  radius: 12,
                },
              ],
            },
            { row_number: "2", seats: [] },
          ],
          areas: [
            {
              shape: "circle",
              color: "red",
              border_color: "blue",
              rotation: 45,
              position: { x: 0, y: 0 },
              uuid: "a",
              circle: { radius: 7 },
              text: { text: "Bar", position: { x: 0, y: 0 }, size: 12, color: "#fff" },
            },
          ],
        },
      ],
      onsale: { seats: { aisle: ["s"] }, later: [1, 2] },
    };
    expect(asFile(readPlan(file))).toEqual(file);
    expect(asFile(readPlan({ ...file, zones: [{ ...file.zones[0], name: null }] }))).not.toHaveProperty("zones.0.name");
  });

  it("is read however unfinished it is, and refused where it is something else", () => {
    expect(readPlan({}).zones).toEqual([]);
    expect(readPlan({ zones: [{ rows: [{ seats: [{}] }] }] }).zones[0]?.rows[0]?.seats).toHaveLength(1);
    expect(() => readPlan([])).toThrow(UnreadablePlanError);
    expect(() => readPlan({ zones: [{ rows: [7] }] })).toThrow(
      expect.objectContaining({ pointer: "/zones/0/rows/0" }) as Error,
    );
  });
});
