import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { QueueState } from "@/api/types";
import { joined } from "@/lib/idempotency";
import { withRetries } from "@/lib/retry";
import { keepAdmission, keepPass, keptPass, type QueueAdmission, type QueuePass } from "@/session/queue-place";
import { ensureBuyer } from "@/session/session";

const attempts = 6;

/** The room as everybody sees it; the live feed of an event's other pages brings it too. */
export function queueQuery(eventId: string) {
  return queryOptions({
    queryKey: ["queue", eventId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/events/{id}/queue", { params: { path: { id: eventId } }, signal })),
    // A page without it goes on: the server refuses whom it has to.
    throwOnError: false,
  });
}

/** Whether the room stands before the event's places. */
export function isGuarded(state: QueueState | undefined): boolean {
  return state !== undefined && state.phase !== "closed";
}

/** A place of this buyer in this opening of the room: the one that is kept, or a new one. */
export function joinQueue(eventId: string, era: number): Promise<QueuePass> {
  // Becoming a guest on the way makes another buyer of who asks, and the page asks again.
  return joined(`queue.${eventId}.${era}`, () => join(eventId, era));
}

async function join(eventId: string, era: number): Promise<QueuePass> {
  await ensureBuyer();
  const kept = keptPass(eventId, era);
  if (kept !== undefined) return kept;
  const place = await withRetries(
    () => unwrap(api.POST("/api/v1/events/{id}/queue", { params: { path: { id: eventId } }, body: {} })),
    attempts,
  );
  const pass = {
    pass: place.pass,
    era: place.era,
    ...(place.number == null ? {} : { number: place.number }),
  };
  keepPass(eventId, pass);
  return pass;
}

/** The right to book, for a pass whose turn it is. */
export async function claimAdmission(eventId: string, pass: string): Promise<QueueAdmission> {
  const admission = await unwrap(
    api.POST("/api/v1/events/{id}/queue/admission", { params: { path: { id: eventId } }, body: { pass } }),
  );
  keepAdmission(eventId, admission);
  return admission;
}

/** Gives the place up, in the line and inside. */
export async function leaveQueue(eventId: string): Promise<void> {
  await unwrap(api.DELETE("/api/v1/events/{id}/queue", { params: { path: { id: eventId } } }));
  keepPass(eventId, undefined);
  keepAdmission(eventId, undefined);
}
