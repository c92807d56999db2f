import { queryOptions } from "@tanstack/react-query";
import { api, fetchBlob, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { ensureBuyer } from "@/session/session";

type Schemas = components["schemas"];
export type ReceivedTicket = Schemas["ReceivedTicket"];
export type Transfer = Schemas["TransferResponse"];

const mostTickets = 50;

/** What the buyer has offered of an event's tickets, newest first. */
export function offersQuery(eventId: string) {
  return queryOptions({
    queryKey: ["transfers", eventId],
    queryFn: async ({ signal }) => {
      const list = await unwrap(
        api.GET("/api/v1/events/{id}/transfers", { params: { path: { id: eventId } }, signal }),
      );
      return list.transfers;
    },
    throwOnError: false,
  });
}

/** The tickets that the buyer was given. */
export const receivedQuery = queryOptions({
  queryKey: ["received-tickets"],
  queryFn: async ({ signal }) => {
    const page = await unwrap(
      api.GET("/api/v1/me/tickets", { params: { query: { page: "1", limit: String(mostTickets) } }, signal }),
    );
    return page.data;
  },
  throwOnError: false,
});

/** What a link offers. */
export function offeredQuery(secret: string) {
  return queryOptions({
    queryKey: ["offered-ticket", secret],
    queryFn: ({ signal }) => unwrap(api.POST("/api/v1/transfers/open", { body: { secret }, signal })),
    retry: false,
    throwOnError: false,
  });
}

/** The code of a ticket that the buyer was given, as a data address. */
export function heldCodeQuery({ eventId, ticketId, code }: ReceivedTicket) {
  const address = `/api/v1/events/${eventId}/tickets/${ticketId}/qr`;
  return queryOptions({
    // A ticket that was given away and came back has another code than before.
    queryKey: ["held-ticket-code", ticketId, code],
    queryFn: async () => {
      const picture = await fetchBlob(address);
      return `data:image/svg+xml,${encodeURIComponent(await picture.text())}`;
    },
    staleTime: Number.POSITIVE_INFINITY,
    throwOnError: false,
    meta: { address },
  });
}

/** Whoever has no session gets one of a guest. */
export async function acceptTransfer(secret: string, name: string): Promise<ReceivedTicket> {
  await ensureBuyer();
  return unwrap(api.POST("/api/v1/transfers/accept", { body: { secret, ...(name === "" ? {} : { name }) } }));
}

export function offerTicket(eventId: string, ticketId: string, email: string, language: string): Promise<Transfer> {
  const path = { id: eventId, ticketId };
  return unwrap(
    api.POST("/api/v1/events/{id}/tickets/{ticketId}/transfers", { params: { path }, body: { email, language } }),
  );
}

export async function withdrawTransfer(eventId: string, ticketId: string, transferId: string): Promise<void> {
  const path = { id: eventId, ticketId, transferId };
  await unwrap(api.DELETE("/api/v1/events/{id}/tickets/{ticketId}/transfers/{transferId}", { params: { path } }));
}
