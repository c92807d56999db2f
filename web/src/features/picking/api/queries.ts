import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

/** The version is in the address: the browser's cache answers from the second time on, without asking. */
export function seatMapQuery(event: { id: string; seatMapVersion?: string | undefined }) {
  const { id, seatMapVersion: v } = event;
  return queryOptions({
    queryKey: ["seat-map", id, v],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/events/{id}/seatmap", {
          params: { path: { id }, query: v === undefined ? {} : { v } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    // A new version of the same event's map: the one on the screen stays until it is here.
    placeholderData: (shown, query) => (query?.queryKey[1] === id ? shown : undefined),
  });
}
