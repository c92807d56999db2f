import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type SystemState = Schemas["SystemResponse"];
export type Dependency = Schemas["DependencyResponse"];
export type NodeState = Schemas["NodeResponse"];
export type Lane = Schemas["LaneResponse"];
export type Job = Schemas["JobResponse"];
export type GivenUpMail = Schemas["GivenUpMailResponse"];
export type LimitedCaller = Schemas["LimitedCallerResponse"];

const everyMs = 5_000;

// What does not answer is what these pages are for: they say so themselves.
export const systemQuery = queryOptions({
  queryKey: ["operate", "system"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/operate/system", { signal })),
  throwOnError: false,
  refetchInterval: everyMs,
});

export const readOnlyQuery = queryOptions({
  queryKey: ["operate", "read-only"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/operate/read-only", { signal })),
  throwOnError: false,
  refetchInterval: everyMs,
});

export const givenUpMailsQuery = queryOptions({
  queryKey: ["operate", "mails"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/operate/mails", { signal })),
  throwOnError: false,
  refetchInterval: 6 * everyMs,
});

export const limitedCallersQuery = queryOptions({
  queryKey: ["operate", "limits"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/operate/limits", { signal })),
  throwOnError: false,
  refetchInterval: 2 * everyMs,
});

export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/v1/status", { signal })),
  throwOnError: false,
  refetchInterval: everyMs,
  retry: false,
});

export function setReadOnly(on: boolean, reason?: string) {
  return unwrap(api.PUT("/api/v1/operate/read-only", { body: { on, ...(reason !== undefined && { reason }) } }));
}

export function retryMail(mailId: string) {
  return unwrap(api.POST("/api/v1/operate/mails/{mailId}/retry", { params: { path: { mailId } } }));
}

export function retryAllMails() {
  return unwrap(api.POST("/api/v1/operate/mails/retry"));
}
