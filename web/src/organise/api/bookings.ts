import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, fetchBlob, unwrap } from "@/api/client";
import { forgetIdempotencyKey, idempotencyKey, joined } from "@/lib/idempotency";
import type { BookingChange, RefundRequest, SaleRequest, SeatChange } from "./types";

export const bookingStates = ["held", "paying", "confirmed", "released", "expired", "cancelled"] as const;
export const bookingSorts = ["newest", "oldest", "total"] as const;

export interface OwnBookingsSearch {
  search?: string | undefined;
  state?: (typeof bookingStates)[number] | undefined;
  tier?: string | undefined;
  sort?: (typeof bookingSorts)[number] | undefined;
  page?: number | undefined;
}

const perPage = 25;

export function ownBookingsQuery(org: string, event: string, search: OwnBookingsSearch) {
  const { page = 1, ...filters } = search;
  return queryOptions({
    queryKey: ["organisation", org, "bookings", event, search],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/bookings", {
          params: {
            path: { org, event },
            query: {
              ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)),
              page,
              limit: perPage,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    // Somebody may be waiting at the counter with the number in hand.
    staleTime: 0,
  });
}

export function ownBookingQuery(org: string, event: string, bookingId: string) {
  return queryOptions({
    queryKey: ["organisation", org, "booking", event, bookingId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/bookings/{bookingId}", {
          params: { path: { org, event, bookingId } },
          signal,
        }),
      ),
    staleTime: 0,
  });
}

/** The same for every attempt at one intention, so that nothing is sold or paid back twice. */
async function once<T>(intention: string, work: (key: string) => Promise<T>): Promise<T> {
  return joined(intention, async () => {
    const done = await work(idempotencyKey(intention));
    forgetIdempotencyKey(intention);
    return done;
  });
}

/** Sells at the counter. `attempt` names this sale among those that one counter makes. */
export function sellAtCounter(org: string, event: string, attempt: string, body: SaleRequest) {
  return once(`sale.${attempt}`, (key) =>
    unwrap(
      api.POST("/api/v1/organisations/{org}/events/{event}/bookings", {
        params: { path: { org, event }, header: { "Idempotency-Key": key } },
        body,
      }),
    ),
  );
}

export function refundBooking(org: string, event: string, bookingId: string, attempt: string, body: RefundRequest) {
  return once(`refund.${attempt}`, (key) =>
    unwrap(
      api.POST("/api/v1/organisations/{org}/events/{event}/bookings/{bookingId}/refund", {
        params: { path: { org, event, bookingId }, header: { "Idempotency-Key": key } },
        body,
      }),
    ),
  );
}

export function markPaidBack(org: string, event: string, bookingId: string, amount: number, note: string) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/bookings/{bookingId}/paid-back", {
      params: { path: { org, event, bookingId } },
      body: { amount, note },
    }),
  );
}

export function cancelOwnBooking(org: string, event: string, bookingId: string, reason: string) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/bookings/{bookingId}/cancel", {
      params: { path: { org, event, bookingId } },
      body: { reason },
    }),
  );
}

/** Confirms a booking whose bank transfer has arrived. */
export function markBookingPaid(org: string, event: string, bookingId: string, amount: number, note: string) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/bookings/{bookingId}/paid", {
      params: { path: { org, event, bookingId } },
      body: { amount, note },
    }),
  );
}

/** Sends the confirmation with its tickets again. */
export function resendConfirmation(org: string, event: string, bookingId: string) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/bookings/{bookingId}/resend", {
      params: { path: { org, event, bookingId } },
    }),
  );
}

/** Gives a confirmed booking other seats: all of them or none. */
export function moveSeats(org: string, event: string, bookingId: string, seats: SeatChange[]) {
  return changeBooking(org, event, bookingId, { seats });
}

export function changeBooking(org: string, event: string, bookingId: string, body: BookingChange) {
  return unwrap(
    api.PATCH("/api/v1/organisations/{org}/events/{event}/bookings/{bookingId}", {
      params: { path: { org, event, bookingId } },
      body,
    }),
  );
}

export type Export = "bookings" | "tickets" | "ledger";

export function fetchExport(org: string, event: string, name: Export): Promise<Blob> {
  return fetchBlob(`/api/v1/organisations/${encodeURIComponent(org)}/events/${encodeURIComponent(event)}/${name}.csv`);
}
