import type { Plan } from "../model/plan";

/** Where a row's name is written, in the plan's units. */
export interface RowName {
  x: number;
  y: number;
  row: number;
}

/** An aisle as wide as this many seats has room for a name. */
const aislePitches = 1.7;

/** At both ends of a row, a seat's width outside, and in its aisles: one of them is in view wherever one looks. */
export function placesOfRowNames(plan: Plan): RowName[] {
  const { x, y, pitch, isBesideNext } = plan;
  const names: RowName[] = [];
  const between = (from: number, to: number, distance: number, row: number): void => {
    const [fromX, fromY] = [x[from] as number, y[from] as number];
    const [dx, dy] = [(x[to] as number) - fromX, (y[to] as number) - fromY];
    const length = Math.hypot(dx, dy) || 1;
    names.push({ x: fromX + (dx / length) * distance, y: fromY + (dy / length) * distance, row });
  };
  plan.rows.forEach(({ first, count, name }, row) => {
    if (count < 2 || name === "") return;
    const last = first + count - 1;
    // Around a table there are no ends: the table says what it is called.
    const ring = Math.hypot((x[last] as number) - (x[first] as number), (y[last] as number) - (y[first] as number));
    if (count > 3 && ring < aislePitches * pitch) return;
    between(first, first + 1, -pitch * 0.95, row);
    between(last, last - 1, -pitch * 0.95, row);
    for (let seat = first; seat < last; seat++) {
      if (isBesideNext[seat] === 1) continue;
      const gap = Math.hypot(
        (x[seat + 1] as number) - (x[seat] as number),
        (y[seat + 1] as number) - (y[seat] as number),
      );
      if (gap >= aislePitches * pitch && gap < 12 * pitch) between(seat, seat + 1, gap / 2, row);
    }
  });
  return names;
}
