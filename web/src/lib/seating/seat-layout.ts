import type { SeatMap } from "@/api/types";

/** Which seats are beside one another, and whose tier they are of: what the rules of seating look at. */
export interface SeatRuns {
  tier: ArrayLike<number>;
  /** 1 where the next ordinal is the seat beside it. */
  isBesideNext: ArrayLike<number>;
}

export interface SeatLayout extends SeatRuns {
  /** The first ordinal of each row, and after the last row the number of seats. */
  rowStarts: readonly number[];
  /** From each seat to where everybody looks, in single precision as the server has it: ties are the same then. */
  distance: ArrayLike<number>;
  /** Bits of each seat; undefined where no seat has any. */
  attributes?: Uint8Array | undefined;
}

const made = new WeakMap<SeatMap, SeatLayout>();

/** Made once for a map: a stadium has 60,000 seats. */
export function layoutOf(seatMap: SeatMap): SeatLayout {
  const layout = made.get(seatMap) ?? makeLayout(seatMap);
  made.set(seatMap, layout);
  return layout;
}

function makeLayout({ seatCount, sections, focalPoint }: SeatMap): SeatLayout {
  const tier = new Int16Array(seatCount).fill(-1);
  const isBesideNext = new Uint8Array(seatCount);
  const distance = new Float32Array(seatCount);
  const attributes = new Uint8Array(seatCount);
  const rowStarts: number[] = [];
  for (const row of sections.flatMap(({ rows }) => rows)) {
    rowStarts.push(row.first);
    const aisles = new Set(row.aisles ?? []);
    for (let index = 0; index < row.numbers.length; index++) {
      const seat = row.first + index;
      tier[seat] = row.tiers?.[index] ?? row.tier ?? -1;
      isBesideNext[seat] = index + 1 < row.numbers.length && !aisles.has(index) ? 1 : 0;
      attributes[seat] = row.attributes?.[index] ?? 0;
      distance[seat] = Math.hypot((row.x[index] ?? 0) - focalPoint.x, (row.y[index] ?? 0) - focalPoint.y);
    }
  }
  rowStarts.push(seatCount);
  const hasAny = attributes.some((bits) => bits !== 0);
  return { tier, isBesideNext, rowStarts, distance, attributes: hasAny ? attributes : undefined };
}
