import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { InvoiceDetails } from "./types";

/** A booking's documents, and whom they are made out to. */
export function bookingInvoicesQuery(id: string, bookingId: string) {
  return queryOptions({
    queryKey: ["booking-invoices", bookingId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/me/bookings/{id}/{bookingId}/invoices", { params: { path: { id, bookingId } }, signal })),
    staleTime: 0,
    throwOnError: false,
  });
}

export function setInvoiceDetails(id: string, bookingId: string, body: InvoiceDetails) {
  return unwrap(
    api.PUT("/api/v1/me/bookings/{id}/{bookingId}/invoice-details", { params: { path: { id, bookingId } }, body }),
  );
}
