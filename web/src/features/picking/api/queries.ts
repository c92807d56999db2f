import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

/** Static for an event: the browser's cache answers from the second time on. */
export function seatMapQuery(eventId: string) {
  return queryOptions({
    queryKey: ["seat-map", eventId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/events/{id}/seatmap", { params: { path: { id: eventId } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
