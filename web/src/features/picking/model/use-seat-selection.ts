import { useMemo, useState } from "react";
import type { SeatMap } from "@/api/types";
import { makeSeatIndex } from "./selection";
import { suggestNear } from "./suggest";
import type { ListedSeat } from "./seat-list";

export interface LostSeats {
  lost: ListedSeat[];
  instead: ListedSeat[] | undefined;
}

interface SeatSelectionOptions {
  seatMap: SeatMap | undefined;
  selected: ReadonlySet<number>;
  onSelected: (seats: ReadonlySet<number>) => void;
  stateOf: (seat: number) => number;
  /** Single seats may not be left over, so none are offered that would leave one. */
  orphanRule: boolean;
  /** While the own request is under way, its seats turn "held" too, and before the first word none is free. */
  isPaused: boolean;
}

/** Changes the chosen seats. One that somebody else takes meanwhile leaves the choice, and is named. */
export function useSeatSelection(options: SeatSelectionOptions) {
  const { seatMap, selected, onSelected, stateOf, orphanRule, isPaused } = options;
  const [lost, setLost] = useState<LostSeats>();
  const index = useMemo(() => makeSeatIndex(seatMap), [seatMap]);
  const gone = isPaused || seatMap === undefined ? [] : [...selected].filter((seat) => stateOf(seat) !== 0);
  const [first] = gone;
  // While rendering, so that a lost seat is not shown as chosen for even one frame.
  if (first !== undefined && seatMap !== undefined) {
    const kept = new Set([...selected].filter((seat) => stateOf(seat) === 0));
    onSelected(kept);
    setLost({
      lost: index.seatsOf(gone.sort((a, b) => a - b)),
      instead: suggestNear(seatMap, {
        lost: first,
        size: gone.length,
        kept,
        isFree: (seat) => stateOf(seat) === 0,
        orphanRule,
      }),
    });
  }
  return {
    index,
    lost,
    change: (seats: readonly number[], isChosen: boolean) => {
      const next = new Set(selected);
      for (const seat of seats) {
        if (isChosen) next.add(seat);
        else next.delete(seat);
      }
      onSelected(next);
      if (isChosen) setLost(undefined);
    },
  };
}
