import { orphansLeftBy } from "@/lib/seating/orphan-rule";
import type { Plan } from "./plan";

/**
 * The seats that one tap chooses for a party: side by side, of one tier, the tapped one among them and as near to their
 * middle as can be. Windows that would leave a single seat come last. Undefined: so many are not free there together.
 */
export function partyAround(
  plan: Plan,
  isFree: (seat: number) => boolean,
  seat: number,
  size: number,
): number[] | undefined {
  const fits = (other: number): boolean => isFree(other) && plan.tier[other] === plan.tier[seat];
  if (!fits(seat)) return undefined;
  let [first, last] = [seat, seat];
  while (last - first < size * 2 && first > 0 && plan.isBesideNext[first - 1] === 1 && fits(first - 1)) first -= 1;
  while (last - seat < size && plan.isBesideNext[last] === 1 && fits(last + 1)) last += 1;
  let best: { seats: number[]; cost: number } | undefined;
  for (let start = Math.max(first, seat - size + 1); start <= Math.min(seat, last - size + 1); start++) {
    const seats = Array.from({ length: size }, (_, index) => start + index);
    const orphans = orphansLeftBy(plan, isFree, new Set(seats)).length;
    const cost = orphans * size + Math.abs(seat - (start + (size - 1) / 2));
    if (best === undefined || cost < best.cost) best = { seats, cost };
  }
  return best?.seats;
}
