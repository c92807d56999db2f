import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

const refreshMs = 10_000;

export function waitlistQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "waitlist", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/waitlist", { params: { path: { org, event } }, signal }),
      ),
    refetchInterval: refreshMs,
  });
}

export function waitlistEntriesQuery(org: string, event: string, page: number, show: "live" | "all") {
  return queryOptions({
    queryKey: ["organisation", org, "waitlist", event, "entries", page, show],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/waitlist/entries", {
          params: { path: { org, event }, query: { page: String(page), limit: "50", show } },
          signal,
        }),
      ),
    refetchInterval: refreshMs,
  });
}

export function setWaitlist(org: string, event: string, offerMinutes: number | undefined) {
  return unwrap(
    api.PUT("/api/v1/organisations/{org}/events/{event}/waitlist", {
      params: { path: { org, event } },
      body: offerMinutes === undefined ? {} : { offerMinutes },
    }),
  );
}

export function removeFromWaitlist(org: string, event: string, entryId: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/events/{event}/waitlist/entries/{entryId}", {
      params: { path: { org, event, entryId } },
    }),
  );
}
