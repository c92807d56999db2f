import type { SeatMap } from "@/api/types";

/** A plan for tests: blocks of straight rows beside one another, two tiers, an aisle in the middle of each row. */
export function makeSeatMap(blocks: number, rows: number, seats: number, random = Math.random): SeatMap {
  let ordinal = 0;
  const width = seats * 26 + 60;
  const sections = Array.from({ length: blocks }, (_, block) => {
    const left = block * width;
    const made = Array.from({ length: rows }, (_row, row) => {
      const first = ordinal;
      ordinal += seats;
      return {
        first,
        name: String.fromCodePoint(65 + (row % 26)),
        label: `Block ${block + 1}, row ${String.fromCodePoint(65 + (row % 26))}`,
        tier: row < rows / 2 ? 0 : 1,
        aisles: [Math.floor(seats / 2) - 1],
        x: Array.from(
          { length: seats },
          (_seat, seat) => left + seat * 26 + random() * 3 + (seat >= seats / 2 ? 20 : 0),
        ),
        y: Array.from({ length: seats }, () => 200 + row * 40 + random() * 3),
        numbers: Array.from({ length: seats }, (_seat, seat) => `${seat + 1}`),
      };
    });
    return {
      name: `Block ${block + 1}`,
      outline: [left, 200, left + width - 60, 200, left + width - 60, 200 + rows * 40, left, 200 + rows * 40],
      rows: made,
    };
  });
  return {
    name: "Test hall",
    seatCount: ordinal,
    seatRadius: 10,
    bounds: { left: 0, top: 0, right: blocks * width, bottom: 200 + rows * 40 },
    focalPoint: { x: (blocks * width) / 2, y: 50 },
    tiers: [
      { id: "near", name: "Near", colour: "#b45309" },
      { id: "far", name: "Far", colour: "#1d4ed8" },
    ],
    sections,
    areas: [],
  } as unknown as SeatMap;
}

/** The same numbers each time: a failure can be looked at. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
