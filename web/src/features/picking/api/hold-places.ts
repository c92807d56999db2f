import { api, unwrap } from "@/api/client";
import { isWorthRetrying } from "@/api/problem";
import type { Booking, HoldRequest } from "@/api/types";
import { forgetIdempotencyKey, idempotencyKey } from "@/lib/idempotency";
import { withRetries } from "@/lib/retry";
import { ensureBuyer } from "@/session/session";

const attempts = 4;

/** Holds places once, however often it is asked for: the key stays until the server has answered for good. */
export async function holdPlaces(eventId: string, body: HoldRequest): Promise<Booking> {
  const intention = `hold.${eventId}.${JSON.stringify(body)}`;
  await ensureBuyer();
  try {
    const booking = await withRetries(
      () =>
        unwrap(
          api.POST("/api/v1/events/{id}/bookings", {
            params: { path: { id: eventId }, header: { "Idempotency-Key": idempotencyKey(intention) } },
            body,
          }),
        ),
      attempts,
    );
    forgetIdempotencyKey(intention);
    return booking;
  } catch (error) {
    if (!isWorthRetrying(error)) forgetIdempotencyKey(intention);
    throw error;
  }
}
