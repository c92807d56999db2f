import { useDeferredValue, useMemo, useState } from "react";
import type { EventDetails, SeatMap } from "@/api/types";
import type { TierFilter } from "@/lib/seat-picker";
import { bestTogether, distanceOf } from "@/lib/seating/best-available";
import { wishOf, type SeatNeed, type SeatWish } from "@/lib/seating/needs";
import { layoutOf } from "@/lib/seating/seat-layout";
import type { ListedSeat } from "./seat-list";
import type { SeatIndex } from "./selection";

interface BestSeatsOptions {
  event: EventDetails;
  seatMap: SeatMap | undefined;
  index: SeatIndex;
  stateOf: (seat: number) => number;
  /** Chosen by hand: the house does not choose these. */
  selected: ReadonlySet<number>;
  quantities: ReadonlyMap<string, number>;
  isReserved: boolean;
}

export interface BestSeats {
  tierId: string;
  seats: ListedSeat[];
}

/** The seats that the house would choose at this moment, for each tier of which some were asked for. */
export function useBestSeats(options: BestSeatsOptions): BestSeats[] {
  const { event, seatMap, index, selected, quantities, isReserved } = options;
  // A crowd changes states ten times a second; what is pressed is answered first.
  const stateOf = useDeferredValue(options.stateOf);
  return useMemo(() => {
    if (seatMap === undefined) return [];
    return [...quantities].flatMap(([tierId, quantity]) => {
      if (quantity < 1 || event.tiers.find(({ id }) => id === tierId)?.kind !== "seated") return [];
      const tier = seatMap.tiers.findIndex(({ id }) => id === tierId);
      const isFree = (seat: number): boolean => stateOf(seat) === 0 && !selected.has(seat);
      const seats = bestTogether(layoutOf(seatMap), tier, quantity, isFree, wishOf(undefined, isReserved));
      return seats === undefined ? [] : [{ tierId, seats: index.seatsOf(seats) }];
    });
  }, [event, seatMap, index, stateOf, selected, quantities, isReserved]);
}

interface OfferOptions {
  seatMap: SeatMap | undefined;
  index: SeatIndex;
  stateOf: (seat: number) => number;
  isKnown: boolean;
  partySize: number;
  filter: TierFilter;
  need: SeatNeed | undefined;
  isReserved: boolean;
}

interface Offer {
  seatMap: SeatMap;
  partySize: number;
  filter: TierFilter;
  need: SeatNeed | undefined;
  seats: number[];
}

/** The best seats for the party before anything is chosen. They stay on offer while they are free. */
export function useBestOffer(options: OfferOptions): ListedSeat[] | undefined {
  const { seatMap, index, isKnown, partySize, filter, need, isReserved } = options;
  const stateOf = useDeferredValue(options.stateOf);
  const [offer, setOffer] = useState<Offer>();
  const isFree = (seat: number): boolean => stateOf(seat) === 0;
  const isSame =
    offer?.seatMap === seatMap && offer?.partySize === partySize && offer.filter === filter && offer.need === need;
  const isStanding = isSame && offer.seats.length > 0 && offer.seats.every(isFree);
  const [lookedAt, setLookedAt] = useState<(seat: number) => number>();
  if (seatMap !== undefined && isKnown && !isStanding && (!isSame || lookedAt !== stateOf)) {
    const wish = wishOf(need, isReserved);
    setOffer({ seatMap, partySize, filter, need, seats: bestOf(seatMap, filter, partySize, isFree, wish) });
    setLookedAt(() => stateOf);
  }
  const seats = isStanding ? offer.seats : undefined;
  return useMemo(() => seats && index.seatsOf(seats), [seats, index]);
}

function bestOf(
  seatMap: SeatMap,
  filter: TierFilter,
  size: number,
  isFree: (seat: number) => boolean,
  wish: SeatWish,
): number[] {
  const layout = layoutOf(seatMap);
  const windows = seatMap.tiers
    .map((_, tier) => (filter?.has(tier) !== false ? bestTogether(layout, tier, size, isFree, wish) : undefined))
    .filter((seats) => seats !== undefined);
  return windows.sort((a, b) => distanceOf(layout, a) - distanceOf(layout, b))[0] ?? [];
}
