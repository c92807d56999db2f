import type { SeatRuns } from "./seat-layout";

type IsFree = (seat: number) => boolean;

const before = ({ isBesideNext }: SeatRuns, seat: number): number =>
  seat > 0 && isBesideNext[seat - 1] === 1 ? seat - 1 : -1;
const after = ({ isBesideNext }: SeatRuns, seat: number): number => (isBesideNext[seat] === 1 ? seat + 1 : -1);

/**
 * The single seats that a selection would newly leave, as the server's rule has it: a free seat beside a chosen one,
 * with no free seat left at either side. Seats that were single before do not count.
 */
export function orphansLeftBy(layout: SeatRuns, isFree: IsFree, chosen: ReadonlySet<number>): number[] {
  const willBeFree = (seat: number): boolean => seat >= 0 && isFree(seat) && !chosen.has(seat);
  const orphans = new Set<number>();
  for (const seat of chosen) {
    for (const other of [before(layout, seat), after(layout, seat)]) {
      if (willBeFree(other) && !willBeFree(before(layout, other)) && !willBeFree(after(layout, other)))
        orphans.add(other);
    }
  }
  return [...orphans].sort((a, b) => a - b);
}

/** Whether taking free seats side by side leaves a single seat at either end. */
export function windowLeavesOrphan(layout: SeatRuns, isFree: IsFree, start: number, size: number): boolean {
  const isOpen = (seat: number): boolean => seat >= 0 && isFree(seat);
  const [left, right] = [before(layout, start), after(layout, start + size - 1)];
  return (isOpen(left) && !isOpen(before(layout, left))) || (isOpen(right) && !isOpen(after(layout, right)));
}
