import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { unwrapTagged } from "./tagged";
import type { EventChange, NewBlock, NewDraft, Rescheduling, TierRequest } from "./types";

export interface OwnEventsSearch {
  search?: string | undefined;
  status?: "draft" | "published" | "cancelled" | undefined;
  /** Only what has not ended; else all. */
  time?: "ahead" | "past" | undefined;
  order?: "asc" | "desc" | undefined;
  series?: string | undefined;
  page?: number | undefined;
}

/** So that all who ask within a minute ask the same. */
function thisMinute(): string {
  return new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
}

export function ownEventsQuery(org: string, search: OwnEventsSearch, limit = 20) {
  const { time, page = 1, order, ...filters } = search;
  return queryOptions({
    queryKey: ["organisation", org, "events", search, limit],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events", {
          params: {
            path: { org },
            query: {
              ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)),
              ...(time === "ahead" && { from: thisMinute() }),
              ...(time === "past" && { to: thisMinute() }),
              ...(order !== undefined && { order }),
              page,
              limit,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function ownEventKey(org: string, event: string) {
  return ["organisation", org, "event", event] as const;
}

export function ownEventQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ownEventKey(org, event),
    queryFn: ({ signal }) =>
      unwrapTagged(api.GET("/api/v1/organisations/{org}/events/{event}", { params: { path: { org, event } }, signal })),
  });
}

export function addDraft(org: string, body: NewDraft) {
  return unwrap(api.POST("/api/v1/organisations/{org}/events", { params: { path: { org } }, body }));
}

export function changeEvent(org: string, event: string, etag: string, body: EventChange) {
  return unwrapTagged(
    api.PATCH("/api/v1/organisations/{org}/events/{event}", {
      params: { path: { org, event }, header: { "If-Match": etag } },
      body,
    }),
  );
}

/** A form with the file; what the contract's client cannot write is written by hand. */
export function setEventImage(org: string, event: string, file: File) {
  return unwrapTagged(
    api.PUT("/api/v1/organisations/{org}/events/{event}/image", {
      params: { path: { org, event } },
      // The contract's type of a file is a text; the serialiser below makes it a part of the form.
      body: { image: file as unknown as string },
      bodySerializer: () => {
        const form = new FormData();
        form.append("image", file);
        return form;
      },
    }),
  );
}

export function focusEventImage(org: string, event: string, focus: { x: number; y: number }) {
  return unwrapTagged(
    api.PATCH("/api/v1/organisations/{org}/events/{event}/image", { params: { path: { org, event } }, body: focus }),
  );
}

export function removeEventImage(org: string, event: string) {
  return unwrapTagged(
    api.DELETE("/api/v1/organisations/{org}/events/{event}/image", { params: { path: { org, event } } }),
  );
}

export function deleteEvent(org: string, event: string) {
  return unwrap(api.DELETE("/api/v1/organisations/{org}/events/{event}", { params: { path: { org, event } } }));
}

export function publishEvent(org: string, event: string, etag: string) {
  return unwrapTagged(
    api.POST("/api/v1/organisations/{org}/events/{event}/publish", {
      params: { path: { org, event }, header: { "If-Match": etag } },
    }),
  );
}

export function unpublishEvent(org: string, event: string, etag: string) {
  return unwrapTagged(
    api.POST("/api/v1/organisations/{org}/events/{event}/unpublish", {
      params: { path: { org, event }, header: { "If-Match": etag } },
    }),
  );
}

export function rescheduleEvent(org: string, event: string, body: Rescheduling) {
  return unwrapTagged(
    api.POST("/api/v1/organisations/{org}/events/{event}/reschedule", { params: { path: { org, event } }, body }),
  );
}

export function cancelEvent(org: string, event: string, refund: boolean) {
  return unwrapTagged(
    api.POST("/api/v1/organisations/{org}/events/{event}/cancel", {
      params: { path: { org, event } },
      body: { refund },
    }),
  );
}

/** Copies at these wall times of the event's zone. */
export function duplicateEvent(org: string, event: string, starts: string[], title?: string) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/duplicate", {
      params: { path: { org, event } },
      body: { starts, ...(title !== undefined && { title }) },
    }),
  );
}

export function putTier(org: string, event: string, tier: string, body: TierRequest) {
  return unwrapTagged(
    api.PUT("/api/v1/organisations/{org}/events/{event}/tiers/{tier}", {
      params: { path: { org, event, tier } },
      body,
    }),
  );
}

export function deleteTier(org: string, event: string, tier: string) {
  return unwrapTagged(
    api.DELETE("/api/v1/organisations/{org}/events/{event}/tiers/{tier}", { params: { path: { org, event, tier } } }),
  );
}

export function changeCapacity(org: string, event: string, tier: string, delta: number) {
  return unwrapTagged(
    api.POST("/api/v1/organisations/{org}/events/{event}/tiers/{tier}/capacity", {
      params: { path: { org, event, tier } },
      body: { delta },
    }),
  );
}

export function blocksQuery(org: string, event: string) {
  return queryOptions({
    queryKey: ["organisation", org, "blocks", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/blocks", {
          params: { path: { org, event }, query: { limit: "50" } },
          signal,
        }),
      ),
  });
}

export function addBlock(org: string, event: string, body: NewBlock) {
  return unwrap(
    api.POST("/api/v1/organisations/{org}/events/{event}/blocks", { params: { path: { org, event } }, body }),
  );
}

export function deleteBlock(org: string, event: string, blockId: string) {
  return unwrap(
    api.DELETE("/api/v1/organisations/{org}/events/{event}/blocks/{blockId}", {
      params: { path: { org, event, blockId } },
    }),
  );
}
