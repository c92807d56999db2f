import type { EventDetails, SeatMap } from "@/api/types";

/**
 * What a way of choosing seats is given: the list and the map have the same powers, so they have the same properties.
 * `features/seat-map/index.tsx` exports a component of these as its default.
 */
export interface SeatPickerProps {
  event: EventDetails;
  seatMap: SeatMap;
  /** 0 free, 1 held, 2 sold, 3 not for sale; always of this moment. */
  stateOf: (seat: number) => number;
  /** Grows when any seat's state changes. */
  revision: number;
  /** Seats that the last change touched; undefined: any may have changed. */
  lastChanged: readonly number[] | undefined;
  selected: ReadonlySet<number>;
  /** How many more can be chosen. */
  remaining: number;
  /** How many sit together. */
  partySize: number;
  onChange: (seats: readonly number[], isChosen: boolean) => void;
  /** Seats that are offered instead of lost ones. */
  suggested?: readonly number[] | undefined;
  /** Places without numbers were asked for. */
  onStanding?: ((tierId: string) => void) | undefined;
}
