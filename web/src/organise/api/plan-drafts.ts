import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { unwrapTagged } from "./tagged";

const mostDrafts = 50;

export function draftKey(org: string, draft: string) {
  return ["organisation", org, "plan-draft", draft] as const;
}

export function draftQuery(org: string, draft: string) {
  return queryOptions({
    queryKey: draftKey(org, draft),
    queryFn: ({ signal }) =>
      unwrapTagged(
        api.GET("/api/v1/organisations/{org}/plan-drafts/{draftId}", {
          params: { path: { org, draftId: draft } },
          signal,
        }),
      ),
    // The editor has its own copy from here on.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function draftsQuery(org: string) {
  return queryOptions({
    queryKey: ["organisation", org, "plan-drafts"],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/plan-drafts", {
          params: { path: { org }, query: { page: "1", limit: String(mostDrafts) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

interface Saving {
  name: string;
  document: unknown;
  parentId?: string | undefined;
}

/** Saves a draft on the version that was seen last; undefined: a new one. */
export function saveDraft(org: string, draft: string, { name, document, parentId }: Saving, etag?: string) {
  return unwrapTagged(
    api.PUT("/api/v1/organisations/{org}/plan-drafts/{draftId}", {
      params: {
        path: { org, draftId: draft },
        ...(etag !== undefined && { header: { "If-Match": etag } }),
      },
      body: { name, document, ...(parentId !== undefined && { parentId }) },
    }),
  );
}

export function deleteDraft(org: string, draft: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/plan-drafts/{draftId}", { params: { path: { org, draftId: draft } } }),
  );
}

export function publishDraft(org: string, draft: string, etag: string) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/plan-drafts/{draftId}/publish", {
      params: { path: { org, draftId: draft }, header: { "If-Match": etag } },
    }),
  );
}

/** The draft, as saved, as the shop's map draws it. */
export function draftSeatMap(org: string, draft: string) {
  return unwrap(
    api.GET("/api/v1/organisations/{org}/plan-drafts/{draftId}/seatmap", { params: { path: { org, draftId: draft } } }),
  );
}
