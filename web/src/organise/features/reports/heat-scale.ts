import type { SeatMap } from "@/api/types";
import type { SeatSales } from "../../api/types";

type SoldSeats = Pick<SeatSales, "seats" | "seconds">;

/** Bounds that people speak in, in seconds. */
const spokenSeconds = [
  10,
  30,
  60,
  ...[2, 5, 10, 30].map((minutes) => minutes * 60),
  ...[1, 2, 6, 12].map((hours) => hours * 3600),
  ...[1, 2, 4, 7, 14, 30, 60, 120, 240, 365].map((days) => days * 86_400),
];

/** Parts of the sold seats that a step of the scale should end at. */
const shares = [0.2, 0.4, 0.6, 0.8, 1];

/** From the earliest to the latest: each clearly fainter against the page than the one before it. */
const ramps = {
  light: ["#240b4f", "#5f1a8f", "#a12a86", "#cc3560", "#d9541e", "#c07a00"],
  dark: ["#fff0a8", "#ffce6b", "#fb9e5a", "#e8707a", "#bf5ea6", "#8d5fc0"],
} as const;

/**
 * The ends of the steps that sold seats are told apart by, in seconds from the beginning of the sale, ascending; each
 * step begins where the one before it ends. 0: sold before that; Infinity: later than anybody has a word for. About as
 * many seats are in each step, whether a house is gone in minutes or in months.
 */
export function heatScale(seconds: readonly number[]): number[] {
  const inSale = seconds.filter((value) => value >= 0).sort((a, b) => a - b);
  const ends = new Set<number>(inSale.length < seconds.length ? [0] : []);
  if (inSale.length === 0) return [...ends];
  for (const share of shares) {
    const value = inSale[Math.ceil(inSale.length * share) - 1] as number;
    ends.add(spokenSeconds.find((end) => value < end) ?? Infinity);
  }
  return [...ends];
}

export function stepOf(scale: readonly number[], seconds: number): number {
  return scale.findIndex((end) => seconds < end);
}

/** One colour a step, from the whole of the ramp. */
export function heatColours(steps: number, scheme: keyof typeof ramps): string[] {
  const ramp = ramps[scheme];
  return Array.from({ length: steps }, (_, step) => {
    const at = steps === 1 ? 0 : Math.round((step / (steps - 1)) * (ramp.length - 1));
    return ramp[at] as string;
  });
}

/** The step of each seat by ordinal; -1: it is not sold. */
export function stepsBySeat(seatCount: number, sales: SoldSeats, scale: readonly number[]): Int8Array {
  const steps = new Int8Array(seatCount).fill(-1);
  sales.seats.forEach((seat, index) => {
    steps[seat] = stepOf(scale, sales.seconds[index] as number);
  });
  return steps;
}

/** The plan with the steps in place of its tiers: the shop's renderer draws the heat map from it. */
export function heatMapOf(map: SeatMap, steps: Int8Array, colours: readonly string[]): SeatMap {
  const [tier] = map.tiers;
  return {
    ...map,
    tiers: tier === undefined ? [] : colours.map((colour) => ({ ...tier, colour })),
    areas: map.areas.map((area) => ({ ...area, tier: -1 })),
    sections: map.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({
        ...row,
        tiers: row.numbers.map((_, index) => steps[row.first + index] ?? -1),
      })),
    })),
  };
}

export interface HeatRow {
  /** Its index: names may repeat. */
  section: number;
  name: string;
  seats: number;
  sold: number;
  /** Sold until the end of each step, those of the steps before it among them. */
  soldBy: number[];
  /** Of the sold seats' seconds; undefined where none is sold. */
  median: number | undefined;
}

/** The map as a table: what each section had sold by when. */
export function heatRows(map: SeatMap, sales: SoldSeats, scale: readonly number[]): HeatRow[] {
  const sectionOf = new Int32Array(map.seatCount).fill(-1);
  const seats = map.sections.map(({ rows }, section) => {
    for (const { first, numbers } of rows) sectionOf.fill(section, first, first + numbers.length);
    return rows.reduce((sum, { numbers }) => sum + numbers.length, 0);
  });
  const seconds: number[][] = map.sections.map(() => []);
  sales.seats.forEach((seat, index) => seconds[sectionOf[seat] ?? -1]?.push(sales.seconds[index] as number));
  return map.sections.map(({ name }, section) => {
    const sold = (seconds[section] as number[]).sort((a, b) => a - b);
    return {
      section,
      name: name || String(section + 1),
      seats: seats[section] as number,
      sold: sold.length,
      soldBy: scale.map((end) => sold.filter((value) => value < end).length),
      median: medianOf(sold),
    };
  });
}

function medianOf(sorted: readonly number[]): number | undefined {
  if (sorted.length === 0) return undefined;
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] as number) + (sorted[Math.ceil(half)] as number)) / 2;
}
