import { useMemo } from "react";
import type { EventDetails, SeatMap } from "@/api/types";
import { bestTogether } from "./best-seats";
import type { ListedSeat } from "./seat-list";

interface BestSeatsOptions {
  event: EventDetails;
  seatMap: SeatMap | undefined;
  stateOf: (seat: number) => number;
  revision: number;
  quantities: ReadonlyMap<string, number>;
}

/** The seats that "best available" would choose at this moment, where it is asked for one tier. */
export function useBestSeats(options: BestSeatsOptions): ListedSeat[] | undefined {
  const { event, seatMap, stateOf, revision, quantities } = options;
  const [wanted, ...others] = [...quantities].filter(([, quantity]) => quantity > 0);
  const [tierId, quantity] = others.length === 0 && wanted !== undefined ? wanted : [];
  return useMemo(() => {
    if (seatMap === undefined || tierId === undefined || quantity === undefined) return undefined;
    if (event.tiers.find(({ id }) => id === tierId)?.kind !== "seated") return undefined;
    const tier = seatMap.tiers.findIndex(({ id }) => id === tierId);
    return bestTogether(seatMap, tier, quantity, (seat) => stateOf(seat) === 0);
    // The states are read from outside; their revision says when they changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [event, seatMap, stateOf, revision, tierId, quantity]);
}
