import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { ProblemError } from "@/api/problem";
import type { Booking } from "@/api/types";
import { joined } from "@/lib/idempotency";

export function bookingQuery(eventId: string, bookingId: string) {
  return queryOptions({
    queryKey: ["booking", bookingId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/events/{id}/bookings/{bookingId}", { params: { path: { id: eventId, bookingId } }, signal }),
      ),
  });
}

const settleForMs = 45_000;
const askEveryMs = 1500;

/**
 * Pays for a hold. A payment whose result is not known yet is asked about until it is: the same request never pays
 * twice, since the booking can only be confirmed once.
 */
export function payForHold(eventId: string, bookingId: string, token: string): Promise<Booking> {
  return joined(`pay.${bookingId}`, () => pay(eventId, bookingId, token));
}

async function pay(eventId: string, bookingId: string, token: string): Promise<Booking> {
  const deadline = Date.now() + settleForMs;
  for (;;) {
    try {
      return await unwrap(
        api.POST("/api/v1/events/{id}/bookings/{bookingId}/confirm", {
          params: { path: { id: eventId, bookingId } },
          body: { payment: { token }, releaseOnDecline: false },
        }),
      );
    } catch (error) {
      if (!isUnsettled(error) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    }
  }
}

function isUnsettled(error: unknown): boolean {
  return error instanceof ProblemError
    ? ["outcome-unknown", "payment-in-progress", "overloaded", "unavailable"].includes(error.code)
    : true;
}
