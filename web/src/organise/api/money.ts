import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, fetchBlob, unwrap } from "@/api/client";
import type { Period } from "../lib/periods";

export const ledgerKinds = ["payment", "counterSale", "refund", "chargeback", "returnedRefund"] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

const eventsPerPage = 20;
const entriesPerPage = 25;

export function moneyQuery(org: string, period: Period, page = 1) {
  return queryOptions({
    queryKey: ["organisation", org, "money", period, page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/money", {
          params: { path: { org }, query: { ...period, page, limit: eventsPerPage } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

interface LedgerFilters {
  event?: string | undefined;
  kind?: LedgerKind | undefined;
  page?: number | undefined;
}

export function ledgerQuery(org: string, period: Period, { event, kind, page = 1 }: LedgerFilters) {
  return queryOptions({
    queryKey: ["organisation", org, "ledger", period, event, kind, page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/ledger", {
          params: {
            path: { org },
            query: {
              ...period,
              ...(event !== undefined && { event }),
              ...(kind !== undefined && { kind }),
              page,
              limit: entriesPerPage,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function owedQuery(org: string, page = 1) {
  return queryOptions({
    queryKey: ["organisation", org, "to-pay-back", page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/to-pay-back", {
          params: { path: { org }, query: { page, limit: entriesPerPage } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function reconciliationQuery(org: string) {
  return queryOptions({
    queryKey: ["organisation", org, "reconciliation"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/organisations/{org}/reconciliation", { params: { path: { org } }, signal })),
    staleTime: 0,
  });
}

export function fetchStatement(org: string, period: Period): Promise<Blob> {
  const query = new URLSearchParams({ ...period }).toString();
  return fetchBlob(`/api/v1/organisations/${encodeURIComponent(org)}/ledger.csv${query === "" ? "" : `?${query}`}`);
}
