import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { QueueState } from "@/api/types";
import type { QueuePass } from "@/session/queue-place";
import { canCheck, lotOf, positionOf } from "./draw";
import { waitOf, withSample, type Sample, type Wait } from "./wait";

export interface Line {
  /** None before the draw. */
  position: number | undefined;
  ahead: number | undefined;
  isServed: boolean;
  wait: Wait | undefined;
  /** From 0 to 1. */
  progress: number;
}

/**
 * Where a pass stands in the line, worked out from the public state alone: however many wait, nobody asks for it.
 * `atMs` is when the state was read.
 */
export function useLine(
  state: QueueState,
  atMs: number,
  pass: QueuePass | undefined,
  buyerId: string | undefined,
): Line {
  const position = usePosition(state, pass, buyerId);
  const samples = useSamples(state, atMs);
  if (position === undefined) return { position, ahead: undefined, isServed: false, wait: undefined, progress: 0 };
  const ahead = Math.max(0, position - state.served - 1);
  const isServed = position <= state.served;
  return {
    position,
    ahead,
    isServed,
    wait: state.paused ? undefined : waitOf(ahead + 1, state.ratePerMinute, samples),
    progress: Math.min(1, state.served / position),
  };
}

function usePosition(state: QueueState, pass: QueuePass | undefined, buyerId: string | undefined): number | undefined {
  const { eventId, commitment, seed, beacon, early } = state;
  const isEarly = pass !== undefined && pass.number === undefined;
  const { data: lot } = useQuery({
    queryKey: ["queue-lot", eventId, buyerId, seed, beacon],
    queryFn: () =>
      lotOf({ seed: seed ?? "", commitment: commitment ?? "", beacon: beacon ?? "" }, eventId, buyerId ?? ""),
    enabled: isEarly && canCheck() && seed != null && buyerId !== undefined,
    staleTime: Infinity,
    networkMode: "always",
  });
  if (pass === undefined || pass.era !== state.era) return undefined;
  if (pass.number !== undefined) return early + pass.number;
  if (lot !== undefined && seed != null) return positionOf(lot, early);
  // A page that came over no secure connection cannot compute it: whose turn it is, the server says.
  return seed != null && !canCheck() ? early : undefined;
}

function useSamples({ served }: QueueState, atMs: number): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([{ served, atMs }]);
  if (samples.at(-1)?.atMs === atMs) return samples;
  const next = withSample(samples, { served, atMs });
  setSamples(next);
  return next;
}
