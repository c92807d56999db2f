import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { VenueRequest } from "./types";

/** The most that one answer has; whoever has more venues finds theirs by page. */
const mostVenues = 50;

export function venuesQuery(org: string, page = 1) {
  return queryOptions({
    queryKey: ["organisation", org, "venues", page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/venues", {
          params: { path: { org }, query: { page: String(page), limit: String(mostVenues) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function venueQuery(org: string, venueId: string) {
  return queryOptions({
    queryKey: ["organisation", org, "venue", venueId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/organisations/{org}/venues/{venueId}", { params: { path: { org, venueId } }, signal })),
  });
}

export function addVenue(org: string, body: VenueRequest) {
  return unwrap(api.POST("/api/v1/organisations/{org}/venues", { params: { path: { org } }, body }));
}

export function changeVenue(org: string, venueId: string, body: VenueRequest) {
  return unwrap(
    api.PATCH("/api/v1/organisations/{org}/venues/{venueId}", { params: { path: { org, venueId } }, body }),
  );
}
