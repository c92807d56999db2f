import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import type { CodePatch, NewCode } from "./types";

export function codesQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "codes", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/codes", {
          params: { path: { org, event }, query: { limit: "50" } },
          signal,
        }),
      ),
    // Uses are counted while one looks.
    staleTime: 0,
  });
}

export function addCode(org: string, event: string, body: NewCode) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/codes", { params: { path: { org, event } }, body }),
  );
}

export function changeCode(org: string, event: string, codeId: string, body: CodePatch) {
  return unwrap(
    api.PATCH("/api/v1/organisations/{org}/events/{event}/codes/{codeId}", {
      params: { path: { org, event, codeId } },
      body,
    }),
  );
}

export function endCode(org: string, event: string, codeId: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/events/{event}/codes/{codeId}", {
      params: { path: { org, event, codeId } },
    }),
  );
}
