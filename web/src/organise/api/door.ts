import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { NewDoorDevice, ScanRequest } from "./types";

const refreshMs = 10_000;

export function checkInsKey(org: string, event: string) {
  return ["organisation", org, "check-ins", event] as const;
}

/** How full the house is; asked again while the page is looked at. */
export function checkInsQuery(org: string, event: string) {
  return queryOptions({
    queryKey: [...checkInsKey(org, event), "counts"],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/check-ins", { params: { path: { org, event } }, signal }),
      ),
    refetchInterval: refreshMs,
  });
}

/** Tickets by name, order code or the beginning of their code. */
export function doorTicketsQuery(org: string, event: string, search: string) {
  return queryOptions({
    queryKey: [...checkInsKey(org, event), "tickets", search],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/check-ins/tickets", {
          params: { path: { org, event }, query: { search, limit: "20" } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: search.length > 1,
  });
}

/** Decides one scan; the same one again has the same answer. */
export async function sendScan(org: string, event: string, scan: ScanRequest) {
  const { results } = await unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/check-ins", {
      params: { path: { org, event } },
      body: { scans: [scan] },
    }),
  );
  const [result] = results;
  if (result === undefined) throw new Error("A scan was answered with nothing.");
  return result;
}

/** The devices of the event's door; asked again while one waits to be paired. */
export function doorDevicesQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "door-devices", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/door-devices", {
          params: { path: { org, event }, query: { limit: "50" } },
          signal,
        }),
      ),
    refetchInterval: refreshMs,
  });
}

export function addDoorDevice(org: string, event: string, body: NewDoorDevice) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/door-devices", { params: { path: { org, event } }, body }),
  );
}

export function revokeDoorDevice(org: string, event: string, deviceId: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/events/{event}/door-devices/{deviceId}", {
      params: { path: { org, event, deviceId } },
    }),
  );
}
