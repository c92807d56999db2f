import type { Box } from "./camera";
import type { Plan } from "./plan";

const seatsPerCell = 12;

/** Seats by square cells of the plan: what lies in a box or near a point is found without looking at the rest. */
export class SeatGrid {
  readonly #plan: Plan;
  readonly #cell: number;
  readonly #left: number;
  readonly #top: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Seats of cell c are #seats[#starts[c]] … #seats[#starts[c + 1] − 1]. */
  readonly #starts: Uint32Array;
  readonly #seats: Uint32Array;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#cell = Math.max(plan.pitch * Math.sqrt(seatsPerCell), 1);
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let seat = 0; seat < plan.seatCount; seat++) {
      left = Math.min(left, plan.x[seat] as number);
      right = Math.max(right, plan.x[seat] as number);
      top = Math.min(top, plan.y[seat] as number);
      bottom = Math.max(bottom, plan.y[seat] as number);
    }
    if (plan.seatCount === 0) [left, top, right, bottom] = [0, 0, 0, 0];
    this.#left = left;
    this.#top = top;
    this.#columns = Math.floor((right - left) / this.#cell) + 1;
    this.#rows = Math.floor((bottom - top) / this.#cell) + 1;
    this.#starts = new Uint32Array(this.#columns * this.#rows + 1);
    this.#seats = new Uint32Array(plan.seatCount);
    this.#fill();
  }

  /** Calls for every seat whose centre is in the box, and for some just outside of it. */
  forEachIn(box: Box, visit: (seat: number) => void): void {
    const firstColumn = Math.max(0, Math.floor((box.left - this.#left) / this.#cell));
    const lastColumn = Math.min(this.#columns - 1, Math.floor((box.right - this.#left) / this.#cell));
    const firstRow = Math.max(0, Math.floor((box.top - this.#top) / this.#cell));
    const lastRow = Math.min(this.#rows - 1, Math.floor((box.bottom - this.#top) / this.#cell));
    for (let row = firstRow; row <= lastRow; row++) {
      const start = this.#starts[row * this.#columns + firstColumn] as number;
      const end = this.#starts[row * this.#columns + lastColumn + 1] as number;
      for (let index = start; firstColumn <= lastColumn && index < end; index++) visit(this.#seats[index] as number);
    }
  }

  /** The seat whose centre is nearest to a point of the plan and at most so far away; −1: none. */
  nearest(x: number, y: number, within: number): number {
    const { x: xs, y: ys } = this.#plan;
    let best = -1;
    let bestSquare = within * within;
    this.forEachIn({ left: x - within, top: y - within, right: x + within, bottom: y + within }, (seat) => {
      const square = ((xs[seat] as number) - x) ** 2 + ((ys[seat] as number) - y) ** 2;
      if (square < bestSquare || (square === bestSquare && (best < 0 || seat < best)))
        [best, bestSquare] = [seat, square];
    });
    return best;
  }

  #cellOf(seat: number): number {
    const column = Math.floor(((this.#plan.x[seat] as number) - this.#left) / this.#cell);
    const row = Math.floor(((this.#plan.y[seat] as number) - this.#top) / this.#cell);
    return row * this.#columns + column;
  }

  // A counting sort: how many there are in each cell, where each cell begins, then each seat to its place.
  #fill(): void {
    const { seatCount } = this.#plan;
    for (let seat = 0; seat < seatCount; seat++) {
      const cell = this.#cellOf(seat) + 1;
      this.#starts[cell] = (this.#starts[cell] as number) + 1;
    }
    for (let cell = 1; cell < this.#starts.length; cell++) {
      this.#starts[cell] = (this.#starts[cell] as number) + (this.#starts[cell - 1] as number);
    }
    const next = this.#starts.slice();
    for (let seat = 0; seat < seatCount; seat++) {
      const cell = this.#cellOf(seat);
      const place = next[cell] as number;
      this.#seats[place] = seat;
      next[cell] = place + 1;
    }
  }
}
