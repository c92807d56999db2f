import { joined } from "@/lib/idempotency";
import { api, unwrap } from "./client";
import type { Booking } from "./types";

/** Gives a hold back, or cancels a booking. Repeated, it answers the same. */
export function cancelBooking(eventId: string, bookingId: string): Promise<Booking> {
  return joined(`cancel.${bookingId}`, () =>
    unwrap(api.DELETE("/api/v1/events/{id}/bookings/{bookingId}", { params: { path: { id: eventId, bookingId } } })),
  );
}
