import { useQueryClient } from "@tanstack/react-query";
import type { EventListPage, EventSummary } from "@/api/types";

/** From any list that was loaded before: what can be shown of an event while it loads. */
export function useKnownEvent(slug: string): EventSummary | undefined {
  const lists = useQueryClient().getQueriesData<EventListPage>({ queryKey: ["events"] });
  return lists.flatMap(([, list]) => list?.data ?? []).find((event) => event.slug === slug || event.id === slug);
}
