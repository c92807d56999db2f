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

/** What one client knows of an event's places, kept up to date by version. One byte a seat: the map reads it each frame. */
export class AvailabilityBoard {
  version = -1;
  seats: Uint8Array = new Uint8Array(0);
  readonly tiers = new Map<string, TierPlaces>();

  /** Seats changed by the last update; undefined when all may have. */
  lastChanged: readonly number[] | undefined;

  stateOf(seat: number): SeatState {
    return (this.seats[seat] ?? SeatState.blocked) as SeatState;
  }

  countOf(state: SeatState): number {
    let count = 0;
    for (const seat of this.seats) if (seat === state) count++;
    return count;
  }

  replace(snapshot: Snapshot): void {
    // A proxy may have kept an older answer than what the feed told already.
    if (snapshot.version < this.version) return;
    this.version = snapshot.version;
    this.seats = unpackSeats(snapshot.seats ?? "");
    this.lastChanged = undefined;
    this.#setTiers(snapshot.tiers);
  }

  /** Answers whether the changes build on what is known; if not, something was missed. */
  apply(changes: Changes): boolean {
    if (changes.version <= this.version) return true;
    if (changes.from > this.version) return false;
    this.version = changes.version;
    const changed: number[] = [];
    for (const name of ["available", "held", "sold", "blocked"] as const) {
      for (const seat of changes[name] ?? []) {
        if (seat >= this.seats.length) continue;
        this.seats[seat] = SeatState[name];
        changed.push(seat);
      }
    }
    this.lastChanged = changed;
    this.#setTiers(changes.tiers);
    return true;
  }

  applyAnswer(answer: AvailabilityResponse): boolean {
    if (answer.from === undefined || answer.from === null) {
      this.replace(answer);
      return true;
    }
    return this.apply({ ...answer, from: answer.from });
  }

  #setTiers(tiers: Snapshot["tiers"]): void {
    for (const { id, total, available } of tiers) {
      this.tiers.set(id, { total: total ?? this.tiers.get(id)?.total ?? available, available });
    }
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
