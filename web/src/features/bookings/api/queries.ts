import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, fetchBlob, unwrap } from "@/api/client";
import type { FoundOrder, Ticket } from "@/api/types";
import { isClaim } from "../model/booking-state";

const bookingsPerPage = 20;

export const myBookingsQuery = infiniteQueryOptions({
  queryKey: ["my-bookings"],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET("/api/v1/me/bookings", {
        params: { query: { page: String(pageParam), limit: String(bookingsPerPage) } },
        signal,
      }),
    ),
  initialPageParam: 1,
  getNextPageParam: ({ meta }) => (meta.page < meta.totalPages ? meta.page + 1 : undefined),
});

const mostBookings = 50;

/** What the buyer holds or has of an event, as far as the newest bookings tell; the server counts exactly. */
export function ownPlacesQuery(eventId: string) {
  return queryOptions({
    queryKey: ["my-bookings", "places", eventId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/me/bookings", { params: { query: { page: "1", limit: String(mostBookings) } }, signal })),
    select: ({ data }) => {
      const claims = data
        .filter(({ event, booking }) => event.id === eventId && isClaim(booking.state))
        .map(({ booking }) => booking);
      return {
        count: claims.reduce((sum, { items }) => sum + items.length, 0),
        /** Waits for its payment. */
        held: claims.find(({ state }) => state === "held"),
      };
    },
    // What is held or given back elsewhere counts too.
    staleTime: 0,
    throwOnError: false,
  });
}

/** The code as a data address: only its buyer may fetch it, so no plain image address can show it. */
export function ticketCodeQuery(eventId: string, bookingId: string, ticket: Ticket) {
  return codeQuery(ticket, `/api/v1/events/${eventId}/bookings/${bookingId}/tickets/${ticket.id}/qr`);
}

/** The same for whoever has found the order by its code. */
export function orderTicketCodeQuery(access: string, ticket: Ticket) {
  return codeQuery(ticket, `/api/v1/orders/tickets/${ticket.id}/qr`, { "Order-Access": access });
}

function codeQuery({ id, code }: Ticket, address: string, headers: Record<string, string> = {}) {
  return queryOptions({
    // A ticket that was given away and came back has another code than before.
    queryKey: ["ticket-code", id, code],
    queryFn: async () => `data:image/svg+xml,${encodeURIComponent(await (await fetchBlob(address, headers)).text())}`,
    staleTime: Number.POSITIVE_INFINITY,
    // For tickets that are shown live, whose parts come from beside it.
    meta: { address, headers },
  });
}

/** The tickets of an order by its code and e-mail address. */
export function findOrder(orderCode: string, email: string): Promise<FoundOrder> {
  return unwrap(api.POST("/api/v1/orders/find", { body: { orderCode, email } }));
}

export async function downloadCalendar(eventId: string, bookingId: string, name: string): Promise<void> {
  const blob = await fetchBlob(`/api/v1/events/${eventId}/bookings/${bookingId}/calendar`);
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.ics`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
