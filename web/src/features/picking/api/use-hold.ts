import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { isWorthRetrying } from "@/api/problem";
import type { Booking, HoldRequest } from "@/api/types";
import { useOnline } from "@/lib/use-online";
import { holdPlaces, unansweredHold } from "./hold-places";

/** `isHere`: the buyer is still on the page from which it was asked. */
export type OnHeld = (booking: Booking, isHere: boolean) => void;

/**
 * Keeping the chosen places. What a reload has interrupted is brought to its end first; without a network the request
 * waits for it, unless it is called off or the page is left.
 */
export function useHold(eventId: string, onHeld: OnHeld) {
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const { mutate, reset, error, isPending, isSuccess } = useMutation({
    mutationFn: (body: HoldRequest) => holdPlaces(eventId, body),
    onSuccess: (booking) => onHeld(booking, isHere.current),
    // The library would wait for the network without end, and go on from another page.
    networkMode: "always",
  });
  const isOnline = useOnline();
  const [unanswered, setUnanswered] = useState(() => unansweredHold(eventId));
  const [resumed] = useState(unanswered);
  useEffect(() => {
    if (resumed !== undefined) mutate(resumed, { onSettled: () => setUnanswered(undefined) });
  }, [mutate, resumed]);
  const [waiting, setWaiting] = useState<HoldRequest>();
  useEffect(() => {
    if (!isOnline || waiting === undefined) return;
    mutate(waiting, { onSettled: () => setWaiting(undefined) });
  }, [isOnline, waiting, mutate]);
  const isHolding = isPending || isSuccess || unanswered !== undefined || waiting !== undefined;
  return {
    hold: setWaiting,
    /** Waits for the network; this calls it off. */
    callOff: waiting !== undefined && !isOnline && !isPending ? () => setWaiting(undefined) : undefined,
    reset,
    error,
    isHolding,
    /** The own request may have taken the places, though its answer is not here: then nobody else has. */
    mayHaveHeld: isHolding || (error !== null && isWorthRetrying(error)),
    resumed,
  };
}
