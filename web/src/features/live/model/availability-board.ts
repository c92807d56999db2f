import type { AvailabilityResponse } from "@/api/types";

/** As the server numbers them. */
export const SeatState = { available: 0, held: 1, sold: 2, blocked: 3 } as const;
export type SeatState = (typeof SeatState)[keyof typeof SeatState];

export interface TierPlaces {
  total: number;
  available: number;
}

export interface Snapshot {
  version: number;
  seats?: string | null;
  tiers: readonly { id: string; total?: number; available: number }[];
}

export interface Changes {
  version: number;
  from: number;
  available?: readonly number[] | null;
  held?: readonly number[] | null;
  sold?: readonly number[] | null;
  blocked?: readonly number[] | null;
  tiers: readonly { id: string; total?: number; available: number }[];
}

/** An event's places at one version. Never changed: another version is another snapshot. */
export class PlacesSnapshot {
  constructor(
    /** Below zero: nothing is known yet. */
    readonly version: number,
    readonly seats: Uint8Array,
    readonly tiers: ReadonlyMap<string, TierPlaces>,
  ) {}

  /** Whether the server has told anything yet; until then every seat counts as not for sale. */
  get isKnown(): boolean {
    return this.version >= 0;
  }

  countOf(state: SeatState): number {
    let count = 0;
    for (const seat of this.seats) if (seat === state) count++;
    return count;
  }

  /** Bound, so that a component can pass it on; another function for every version. */
  readonly stateOf = (seat: number): SeatState => (this.seats[seat] ?? SeatState.blocked) as SeatState;
}

export const unknownPlaces = new PlacesSnapshot(-1, new Uint8Array(0), new Map());

/**
 * What one client knows of an event's places, kept up to date by version. One byte a seat: the map reads it each frame.
 */
export class AvailabilityBoard {
  #places = unknownPlaces;

  get places(): PlacesSnapshot {
    return this.#places;
  }

  get version(): number {
    return this.#places.version;
  }

  replace(snapshot: Snapshot): void {
    // A proxy may have kept an older answer than what the feed told already.
    if (snapshot.version < this.version) return;
    this.#places = new PlacesSnapshot(snapshot.version, unpackSeats(snapshot.seats ?? ""), this.#with(snapshot.tiers));
  }

  /** Answers whether the changes build on what is known; if not, something was missed. */
  apply(changes: Changes): boolean {
    if (changes.version <= this.version) return true;
    if (changes.from > this.version) return false;
    // Copying a stadium's 60,000 bytes takes microseconds.
    const seats = this.#places.seats.slice();
    for (const name of ["available", "held", "sold", "blocked"] as const) {
      for (const seat of changes[name] ?? []) if (seat < seats.length) seats[seat] = SeatState[name];
    }
    this.#places = new PlacesSnapshot(changes.version, seats, this.#with(changes.tiers));
    return true;
  }

  applyAnswer(answer: AvailabilityResponse): boolean {
    if (answer.from === undefined || answer.from === null) {
      this.replace(answer);
      return true;
    }
    return this.apply({ ...answer, from: answer.from });
  }

  #with(changed: Snapshot["tiers"]): ReadonlyMap<string, TierPlaces> {
    const tiers = new Map(this.#places.tiers);
    for (const { id, total, available } of changed) {
      tiers.set(id, { total: total ?? tiers.get(id)?.total ?? available, available });
    }
    return tiers;
  }
}

/** Two bits a seat, lowest bits first, in base64. The last byte may have room to spare. */
export function unpackSeats(base64: string): Uint8Array {
  const packed = atob(base64);
  const seats = new Uint8Array(packed.length * 4);
  for (let index = 0; index < packed.length; index++) {
    const byte = packed.charCodeAt(index);
    seats[index * 4] = byte & 3;
    seats[index * 4 + 1] = (byte >> 2) & 3;
    seats[index * 4 + 2] = (byte >> 4) & 3;
    seats[index * 4 + 3] = byte >> 6;
  }
  return seats;
}
