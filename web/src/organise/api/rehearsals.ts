import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { Rehearsal, StartRehearsal } from "./types";

const askEveryMs = 1500;

/** Whether it will change by itself. */
export function isUnderWay({ state }: Rehearsal): boolean {
  return state === "waiting" || state === "running";
}

/** An event's rehearsals, the latest first; asked for again while one is under way. */
export function rehearsalsQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "rehearsals", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/rehearsals", { params: { path: { org, event } }, signal }),
      ),
    refetchInterval: ({ state: { data } }) => (data?.data.some(isUnderWay) === true ? askEveryMs : false),
    staleTime: 0,
  });
}

/** One that has ended, with its report: it does not change any more. */
export function rehearsalQuery(org: string, event: string, rehearsalId: string) {
  return queryOptions({
    queryKey: ["organisation", org, "rehearsals", event, rehearsalId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/rehearsals/{rehearsalId}", {
          params: { path: { org, event, rehearsalId } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
}

export function startRehearsal(org: string, event: string, body: StartRehearsal) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/rehearsals", { params: { path: { org, event } }, body }),
  );
}

export function stopRehearsal(org: string, event: string, rehearsalId: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/events/{event}/rehearsals/{rehearsalId}", {
      params: { path: { org, event, rehearsalId } },
    }),
  );
}
