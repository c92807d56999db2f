import { keepPreviousData, queryOptions, type QueryFunctionContext } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { toQuery, type EventSearch } from "../model/event-search";

export const eventsPerPage = 12;
/** What is on sale and what comes, for the start page: one request. */
export const landingEvents = 50;

/** Cancelled and moved events, and the last places, come to pages that have no live connection in about this time. */
const refreshMs = 60_000;

/** Not every page in the same second. */
export function refreshInterval(): number {
  return refreshMs * (0.75 + Math.random() / 2);
}

/** What is asked for again has changed, perhaps: the browser's copy, which it may serve for a while, is no answer. */
function cacheFor({ client, queryKey }: QueryFunctionContext): RequestCache {
  return client.getQueryData(queryKey) === undefined ? "default" : "no-cache";
}

export function eventListQuery(search: EventSearch, limit = eventsPerPage) {
  return queryOptions({
    queryKey: ["events", search, limit],
    queryFn: (context) =>
      unwrap(
        api.GET("/api/v1/events", {
          params: { query: toQuery(search, limit) },
          signal: context.signal,
          cache: cacheFor(context),
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: refreshInterval,
    // The page has its own place to say it, with the filters still there.
    throwOnError: false,
  });
}

export const facetsQuery = queryOptions({
  queryKey: ["facets"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/events/facets", { signal })),
  staleTime: 5 * 60_000,
  // Without it the filters have fewer choices, and the page goes on.
  throwOnError: false,
});

/** What words may become while they are typed. */
export function suggestionsQuery(words: string) {
  return queryOptions({
    queryKey: ["suggestions", words],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/events/suggestions", { params: { query: { search: words } }, signal })),
    staleTime: 60_000,
    // Without them the words are searched for as they are.
    throwOnError: false,
    retry: false,
  });
}

export function venueQuery(slug: string) {
  return queryOptions({
    queryKey: ["venue", slug],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/venues/{slug}", { params: { path: { slug } }, signal })),
    throwOnError: false,
  });
}

export function organiserQuery(slug: string) {
  return queryOptions({
    queryKey: ["organiser", slug],
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/organisers/{slug}", { params: { path: { slug } }, signal })),
    throwOnError: false,
  });
}

/** With "no-cache" where what is asked for has changed for sure, whatever the browser has a copy of. */
export function eventQuery(idOrSlug: string, cache?: RequestCache) {
  return queryOptions({
    queryKey: ["event", idOrSlug],
    queryFn: (context) =>
      unwrap(
        api.GET("/api/v1/events/{idOrSlug}", {
          params: { path: { idOrSlug } },
          signal: context.signal,
          cache: cache ?? cacheFor(context),
        }),
      ),
  });
}
