import type { SeatWish } from "./needs";
import { windowLeavesOrphan } from "./orphan-rule";
import type { SeatLayout } from "./seat-layout";

type IsFree = (seat: number) => boolean;

interface Window {
  start: number;
  distance: number;
}

/**
 * The free seats side by side that the server would choose now: nearest to the focal point, those that leave a single
 * seat only where there are no others; ties go to the lower ordinal. Undefined: so many are not free together.
 */
export function bestTogether(
  layout: SeatLayout,
  tier: number,
  size: number,
  isFree: IsFree,
  wish?: SeatWish,
): number[] | undefined {
  const best =
    bestWindow(layout, tier, size, isFree, false, wish) ?? bestWindow(layout, tier, size, isFree, true, wish);
  return best && Array.from({ length: size }, (_, index) => best.start + index);
}

/** The sum of a party's distances, for comparing parties of one size. */
export function distanceOf({ distance }: SeatLayout, seats: readonly number[]): number {
  return seats.reduce((sum, seat) => sum + (distance[seat] ?? 0), 0);
}

/** Whether a party can sit side by side in the tier without leaving a single seat; if not, it may leave one. */
export function canSeatWithoutOrphan(layout: SeatLayout, tier: number, size: number, isFree: IsFree): boolean {
  return bestWindow(layout, tier, size, isFree, false) !== undefined;
}

function bestWindow(
  layout: SeatLayout,
  tier: number,
  size: number,
  isFree: IsFree,
  mayOrphan: boolean,
  wish: SeatWish = { excluded: 0, required: 0 },
): Window | undefined {
  const { isBesideNext, distance, attributes } = layout;
  const bitsOf = (seat: number): number => attributes?.[seat] ?? 0;
  const fits = (seat: number): boolean =>
    layout.tier[seat] === tier && (bitsOf(seat) & wish.excluded) === 0 && isFree(seat);
  let best: Window | undefined;
  let run = 0;
  const seatCount = layout.tier.length;
  for (let seat = 0; seat < seatCount; seat++) {
    run = fits(seat) ? (run > 0 && isBesideNext[seat - 1] === 1 ? run + 1 : 1) : 0;
    if (run < size) continue;
    const start = seat - size + 1;
    let [sum, bits] = [0, 0];
    for (let index = start; index <= seat; index++) {
      sum += distance[index] as number;
      bits |= bitsOf(index);
    }
    if ((bits & wish.required) !== wish.required) continue;
    if (best !== undefined && sum >= best.distance) continue;
    if (mayOrphan || !windowLeavesOrphan(layout, isFree, start, size)) best = { start, distance: sum };
  }
  return best;
}
