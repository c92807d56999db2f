import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isWorthRetrying } from "@/api/problem";
import type { Booking, HoldRequest } from "@/api/types";
import { holdPlaces, unansweredHold } from "./hold-places";

/** Keeping the chosen places. What a reload has interrupted is brought to its end first. */
export function useHold(eventId: string, onHeld: (booking: Booking) => void) {
  const { mutate, reset, error, isPending, isSuccess } = useMutation({
    mutationFn: (body: HoldRequest) => holdPlaces(eventId, body),
    onSuccess: onHeld,
  });
  const [unanswered, setUnanswered] = useState(() => unansweredHold(eventId));
  const [resumed] = useState(unanswered);
  useEffect(() => {
    if (resumed !== undefined) mutate(resumed, { onSettled: () => setUnanswered(undefined) });
  }, [mutate, resumed]);
  const isHolding = isPending || isSuccess || unanswered !== undefined;
  return {
    hold: mutate,
    reset,
    error,
    isHolding,
    /** The own request may have taken the places, though its answer is not here: then nobody else has. */
    mayHaveHeld: isHolding || (error !== null && isWorthRetrying(error)),
    resumed,
  };
}
