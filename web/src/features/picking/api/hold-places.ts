import { api, unwrap } from "@/api/client";
import { isWorthRetrying, problemOf } from "@/api/problem";
import type { Booking, HoldRequest } from "@/api/types";
import { forgetIdempotencyKey, idempotencyKey, joined } from "@/lib/idempotency";
import { withRetries } from "@/lib/retry";
import { serverNow } from "@/lib/server-clock";
import { perTab, readStored, writeStored } from "@/lib/storage";
import { admissionHeader, keepAdmission } from "@/session/queue-place";
import { ensureBuyer } from "@/session/session";

const attempts = 4;
/** Who comes back later than this has given up, and is not surprised by places that they no longer want. */
const resumeWithinMs = 120_000;

interface Asked {
  body: HoldRequest;
  atMs: number;
}

const askedSlot = (eventId: string): string => `onsale.asked.${eventId}`;

/**
 * What was asked for in this tab and never answered, because the page was reloaded or the answer was lost. The server
 * may hold those places already: asked again with its key, it answers with the same booking.
 */
export function unansweredHold(eventId: string): HoldRequest | undefined {
  const asked = readStored<Asked>(perTab, askedSlot(eventId));
  return asked !== undefined && Date.now() - asked.atMs < resumeWithinMs ? asked.body : undefined;
}

/** Holds places once, however often it is asked for: the key stays until the server has answered for good. */
export function holdPlaces(eventId: string, body: HoldRequest): Promise<Booking> {
  const intention = `hold.${eventId}.${JSON.stringify(body)}`;
  return joined(intention, () => ask(eventId, body, intention));
}

async function ask(eventId: string, body: HoldRequest, intention: string): Promise<Booking> {
  writeStored(perTab, askedSlot(eventId), { body, atMs: Date.now() } satisfies Asked);
  const settle = () => {
    forgetIdempotencyKey(intention);
    writeStored(perTab, askedSlot(eventId), undefined);
  };
  try {
    await ensureBuyer();
    const booking = await withRetries(
      () =>
        unwrap(
          api.POST("/api/v1/events/{id}/bookings", {
            params: {
              path: { id: eventId },
              header: { "Idempotency-Key": idempotencyKey(intention), ...admissionHeader(eventId, serverNow()) },
            },
            body,
          }),
        ),
      attempts,
    );
    settle();
    return booking;
  } catch (error) {
    if (!isWorthRetrying(error)) settle();
    if (problemOf(error)?.code === "admission-required") keepAdmission(eventId, undefined);
    throw error;
  }
}
