import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { QueueSettings } from "./types";

const askEveryMs = 2000;

/** An event's waiting room, as often as it changes. */
export function waitingRoomQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "waiting-room", event],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/organisations/{org}/events/{event}/queue", { params: { path: { org, event } }, signal })),
    refetchInterval: askEveryMs,
  });
}

export function setWaitingRoom(org: string, event: string, body: QueueSettings) {
  return unwrap(
    api.PUT("/api/v1/organisations/{org}/events/{event}/queue", { params: { path: { org, event } }, body }),
  );
}
