import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { PayLaterSettings } from "./types";

export function payLaterQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "pay-later", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/pay-later", { params: { path: { org, event } }, signal }),
      ),
  });
}

export function setPayLater(org: string, event: string, body: PayLaterSettings) {
  return unwrap(
    api.PUT("/api/v1/organisations/{org}/events/{event}/pay-later", { params: { path: { org, event } }, body }),
  );
}
