import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { TicketSettings } from "./types";

export function ticketRulesQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "ticket-rules", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/ticket-rules", {
          params: { path: { org, event } },
          signal,
        }),
      ),
  });
}

export function setTicketRules(org: string, event: string, body: TicketSettings) {
  return unwrap(
    api.PUT("/api/v1/organisations/{org}/events/{event}/ticket-rules", { params: { path: { org, event } }, body }),
  );
}
