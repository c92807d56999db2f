import type { EventDetails, SeatMap } from "@/api/types";
import type { SeatNeed } from "@/lib/seating/needs";

export type TierFilter = ReadonlySet<number> | undefined;

/**
 * What a way of choosing seats is given: the list and the map have the same powers, so they have the same properties.
 * `features/seat-map/index.tsx` exports a component of these as its default.
 */
export interface SeatPickerProps {
  /** Its tiers are as they are now. */
  event: EventDetails;
  seatMap: SeatMap;
  /** 0 free, 1 held, 2 sold, 3 not for sale. Another function whenever any state changed. */
  stateOf: (seat: number) => number;
  /** Whether the server has told yet which seats are free. */
  isKnown: boolean;
  selected: ReadonlySet<number>;
  /** How many more places can be chosen. */
  remaining: number;
  /** How many sit together. */
  partySize: number;
  onChange: (seats: readonly number[], isChosen: boolean) => void;
  /** Indexes of the tiers that are looked at; undefined: all. */
  filter: TierFilter;
  /** What the party needs of its seats. */
  need: SeatNeed | undefined;
  /** Whether places for wheelchairs and companions are kept for those who need them. */
  isReserved: boolean;
  /** Seats that are offered. */
  suggested?: readonly number[] | undefined;
  /** Seats to bring into view. */
  toShow?: readonly number[] | undefined;
  /** They were asked to be seen: from near, though they may be in view from afar. */
  isCloseUp?: boolean;
  /** Chosen places by tier, for the tiers without numbers. */
  quantities: ReadonlyMap<string, number>;
  onQuantity: (tierId: string, quantity: number) => void;
}
