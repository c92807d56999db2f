import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

const mostPlans = 50;

export function plansQuery(org: string, page = 1) {
  return queryOptions({
    queryKey: ["organisation", org, "plans", page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/plans", {
          params: { path: { org }, query: { page: String(page), limit: String(mostPlans) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function planQuery(org: string, planId: string) {
  return queryOptions({
    queryKey: ["organisation", org, "plan", planId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/organisations/{org}/plans/{planId}", { params: { path: { org, planId } }, signal })),
    // A stored plan never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A chart of seats.io is told by its drawing. */
function isSeatsIoChart(document: unknown): boolean {
  return typeof document === "object" && document !== null && "subChart" in document;
}

/** Stores a plan file; with `repair`, after the repairs that the refusal offered. */
export function addPlan(org: string, document: unknown, repair: boolean) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/plans", {
      params: {
        path: { org },
        query: { ...(repair && { repair: "true" }), ...(isSeatsIoChart(document) && { format: "seatsio" as const }) },
      },
      body: document,
    }),
  );
}

/** The plan as the shop's map draws it. */
export function planSeatMapQuery(org: string, planId: string) {
  return queryOptions({
    queryKey: ["organisation", org, "plan", planId, "seat-map"],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/plans/{planId}/seatmap", { params: { path: { org, planId } }, signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
