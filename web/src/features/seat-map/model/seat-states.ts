import type { TierFilter } from "@/lib/seat-picker";
import type { Plan } from "./plan";
import { sectionOfSeat } from "./plan";

/** As the server numbers them; unknown is before its first word. */
export const SeatState = { available: 0, held: 1, sold: 2, blocked: 3, unknown: 4 } as const;

/**
 * The states as the map has drawn them. They are compared with the feed's, so that nothing is missed when several
 * changes arrive between two frames; 50,000 comparisons take a fraction of a millisecond.
 */
export class SeatStates {
  readonly states: Uint8Array;
  #isKnown = false;
  /** Free seats of each tier in each section: index section × tiers + tier. */
  readonly #free: Uint32Array;
  readonly #plan: Plan;
  /** Of the seats that are looked at, 1; undefined: all. */
  #mask: Uint8Array | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.states = new Uint8Array(plan.seatCount).fill(SeatState.unknown);
    this.#free = new Uint32Array(plan.sections.length * plan.tierCount);
  }

  /** Whether anything has been taken over yet: until then no section is sold out. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  isFree(seat: number): boolean {
    return this.states[seat] === SeatState.available;
  }

  /** Free seats of a section; of some tiers, or of all. */
  freeIn(section: number, tiers?: TierFilter): number {
    const { tierCount } = this.#plan;
    let sum = 0;
    for (let tier = 0; tier < tierCount; tier++) if (tiers?.has(tier) !== false) sum += this.freeOf(section, tier);
    return sum;
  }

  /** Free seats of one tier in a section. */
  freeOf(section: number, tier: number): number {
    return this.#free[section * this.#plan.tierCount + tier] ?? 0;
  }

  /** Counts and shows as free only the seats of a mask. */
  lookAt(mask: Uint8Array | undefined): void {
    this.#mask = mask;
    this.#free.fill(0);
    for (let seat = 0; seat < this.states.length; seat++) if (this.isFree(seat)) this.#count(seat, 1);
  }

  isLookedAt(seat: number): boolean {
    return this.#mask === undefined || this.#mask[seat] === 1;
  }

  /** Takes over what has changed, and says which seats. */
  update(stateOf: (seat: number) => number, candidates?: readonly number[]): number[] {
    this.#isKnown = true;
    const changed: number[] = [];
    const take = (seat: number): void => {
      const state = stateOf(seat);
      if (state === this.states[seat] || seat >= this.states.length) return;
      if (this.isFree(seat)) this.#count(seat, -1);
      this.states[seat] = state;
      if (state === SeatState.available) this.#count(seat, 1);
      changed.push(seat);
    };
    if (candidates !== undefined) candidates.forEach(take);
    else for (let seat = 0; seat < this.states.length; seat++) take(seat);
    return changed;
  }

  #count(seat: number, by: number): void {
    const tier = this.#plan.tier[seat] as number;
    if (tier < 0 || !this.isLookedAt(seat)) return;
    const index = sectionOfSeat(this.#plan, seat) * this.#plan.tierCount + tier;
    this.#free[index] = (this.#free[index] as number) + by;
  }
}
