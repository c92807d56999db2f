import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { toQuery, type EventSearch } from "../model/event-search";

export const eventsPerPage = 12;
/** What is on sale and what comes, for the start page: one request. */
export const landingEvents = 50;

export function eventListQuery(search: EventSearch, limit = eventsPerPage) {
  return queryOptions({
    queryKey: ["events", search, limit],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/events", { params: { query: toQuery(search, limit) }, signal })),
    placeholderData: keepPreviousData,
  });
}

export const facetsQuery = queryOptions({
  queryKey: ["facets"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/events/facets", { signal })),
  staleTime: 5 * 60_000,
});

export function eventQuery(idOrSlug: string) {
  return queryOptions({
    queryKey: ["event", idOrSlug],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/events/{idOrSlug}", { params: { path: { idOrSlug } }, signal })),
  });
}
