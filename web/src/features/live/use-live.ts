import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { LiveFeed, type LiveState } from "./live-feed";
import { unknownPlaces, type TierPlaces } from "./model/availability-board";

export interface Live extends LiveState {
  tiers: ReadonlyMap<string, TierPlaces>;
}

const nothing: LiveState = { status: "connecting", viewers: undefined, places: unknownPlaces };

/** Follows an event while the component is there; without an id, nothing. */
export function useLive(eventId: string | undefined, slug: string): Live {
  const queryClient = useQueryClient();
  const [state, setState] = useState<{ eventId: string; live: LiveState }>();
  useEffect(() => {
    if (eventId === undefined) return;
    const feed = new LiveFeed({
      eventId,
      onState: (live) => setState({ eventId, live }),
      onQueue: (queue) => queryClient.setQueryData(["queue", eventId], queue),
      onEventChanged: () => void queryClient.invalidateQueries({ queryKey: ["event", slug] }),
    });
    feed.start();
    return () => feed.close();
  }, [eventId, slug, queryClient]);
  const live = state !== undefined && state.eventId === eventId ? state.live : nothing;
  return { ...live, tiers: live.places.tiers };
}
