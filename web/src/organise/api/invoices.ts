import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, fetchBlob, unwrap } from "@/api/client";
import type { InvoiceSettings } from "./types";

export const invoiceKinds = ["invoice", "creditNote", "refundReturned"] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

const documentsPerPage = 25;

export interface InvoicesSearch {
  search?: string | undefined;
  kind?: InvoiceKind | undefined;
  page?: number | undefined;
}

export function invoicingQuery(org: string) {
  return queryOptions({
    queryKey: ["organisation", org, "invoicing"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/organisations/{org}/invoicing", { params: { path: { org } }, signal })),
  });
}

export function setInvoicing(org: string, body: InvoiceSettings) {
  return unwrap(api.PUT("/api/v1/organisations/{org}/invoicing", { params: { path: { org } }, body }));
}

export function invoicesQuery(org: string, { search, kind, page = 1 }: InvoicesSearch) {
  return queryOptions({
    queryKey: ["organisation", org, "invoices", search, kind, page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/invoices", {
          params: {
            path: { org },
            query: {
              ...(search !== undefined && { search }),
              ...(kind !== undefined && { kind }),
              page,
              limit: documentsPerPage,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** It never changes. */
export function invoiceQuery(org: string, number: string) {
  return queryOptions({
    queryKey: ["organisation", org, "invoice", number],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/organisations/{org}/invoices/{number}", { params: { path: { org, number } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function fetchInvoices(org: string): Promise<Blob> {
  return fetchBlob(`/api/v1/organisations/${encodeURIComponent(org)}/invoices.csv`);
}
