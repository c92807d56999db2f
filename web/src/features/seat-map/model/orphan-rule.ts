import type { Plan } from "./plan";

/**
 * The single seats that a selection would newly leave, as the server's rule has it: a free seat beside a chosen one,
 * with no free seat left at either side. Seats that were single before do not count.
 */
export function orphansLeftBy(plan: Plan, isFree: (seat: number) => boolean, chosen: ReadonlySet<number>): number[] {
  const before = (seat: number): number => (seat > 0 && plan.isBesideNext[seat - 1] === 1 ? seat - 1 : -1);
  const after = (seat: number): number => (plan.isBesideNext[seat] === 1 ? seat + 1 : -1);
  const willBeFree = (seat: number): boolean => seat >= 0 && isFree(seat) && !chosen.has(seat);
  const orphans = new Set<number>();
  for (const seat of chosen) {
    for (const other of [before(seat), after(seat)]) {
      if (willBeFree(other) && !willBeFree(before(other)) && !willBeFree(after(other))) orphans.add(other);
    }
  }
  return [...orphans].sort((a, b) => a - b);
}
