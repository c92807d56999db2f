import type { OwnTier } from "../../api/types";

export type Sums = Pick<OwnTier, "total" | "sold" | "held" | "blocked" | "available">;

/** The places of all tiers together. */
export function sumOf(tiers: readonly OwnTier[]): Sums {
  const sums: Sums = { total: 0, sold: 0, held: 0, blocked: 0, available: 0 };
  for (const tier of tiers) for (const name of Object.keys(sums) as (keyof Sums)[]) sums[name] += tier[name];
  return sums;
}
