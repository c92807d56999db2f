import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { WaitlistPlace, WaitlistRequest } from "@/api/types";
import { ensureBuyer } from "@/session/session";

const refreshMs = 20_000;

/** The buyer's place on an event's waitlist; null: none. */
export function placeQuery(eventId: string) {
  return queryOptions({
    queryKey: ["waitlist", eventId],
    queryFn: ({ signal }) => findPlace(eventId, signal),
    // Who does not wait has nothing to hear of.
    refetchInterval: ({ state }) => (isLive(state.data) ? refreshMs : false),
    throwOnError: false,
  });
}

/** Whether there is something to wait for, or an offer. */
export function isLive(place: WaitlistPlace | null | undefined): boolean {
  return place?.state === "waiting" || place?.state === "offered";
}

async function findPlace(eventId: string, signal: AbortSignal): Promise<WaitlistPlace | null> {
  const place = await unwrap(api.GET("/api/v1/events/{id}/waitlist", { params: { path: { id: eventId } }, signal }));
  return place ?? null;
}

/** Repeated with the same wish, the same place. */
export async function joinWaitlist(eventId: string, wish: WaitlistRequest): Promise<WaitlistPlace> {
  await ensureBuyer();
  return unwrap(api.POST("/api/v1/events/{id}/waitlist", { params: { path: { id: eventId } }, body: wish }));
}

export async function leaveWaitlist(eventId: string): Promise<void> {
  await unwrap(api.DELETE("/api/v1/events/{id}/waitlist", { params: { path: { id: eventId } } }));
}
