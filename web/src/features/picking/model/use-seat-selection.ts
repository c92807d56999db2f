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
  stateOf: (seat: number) => number;
  /** Single seats may not be left over, so none are offered that would leave one. */
  orphanRule: boolean;
  /** While the own request is under way, its seats turn "held" too: those are not lost. */
  isPaused: boolean;
  /** Chosen from the beginning. */
  initial: readonly number[] | undefined;
}

/** The seats chosen so far. One that somebody else takes meanwhile leaves the choice, and is named. */
export function useSeatSelection({ seatMap, stateOf, orphanRule, isPaused, initial }: SeatSelectionOptions) {
  const [selected, setSelected] = useState<ReadonlySet<number>>(() => new Set(initial));
  const [lost, setLost] = useState<LostSeats>();
  const index = useMemo(() => makeSeatIndex(seatMap), [seatMap]);
  const gone = isPaused || seatMap === undefined ? [] : [...selected].filter((seat) => stateOf(seat) !== 0);
  const [first] = gone;
  // While rendering, so that a lost seat is not shown as chosen for even one frame.
  if (first !== undefined && seatMap !== undefined) {
    const kept = new Set([...selected].filter((seat) => stateOf(seat) === 0));
    setSelected(kept);
    setLost({
      lost: gone.map((seat) => index.seatOf(seat)).filter((seat) => seat !== undefined),
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
    selected,
    lost,
    change: (seats: readonly number[], isChosen: boolean) => {
      const next = new Set(selected);
      for (const seat of seats) {
        if (isChosen) next.add(seat);
        else next.delete(seat);
      }
      setSelected(next);
      if (isChosen) setLost(undefined);
    },
  };
}
