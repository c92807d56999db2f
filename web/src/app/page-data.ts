import type { QueryClient } from "@tanstack/react-query";
import type { EventDetails, EventFacets, EventListPage } from "@/api/types";
import { eventListQuery, eventQuery, eventsPerPage, facetsQuery, landingEvents } from "@/features/events/api/queries";

/** What the server sends along with a page: answers of the API that its first view would ask for. */
interface PageData {
  event?: EventDetails;
  events?: EventListPage;
  facets?: EventFacets;
}

/** The first view then needs no request, and is drawn once instead of empty first. */
export function adoptPageData(queryClient: QueryClient): void {
  const element = document.getElementById("page-data");
  if (element === null) return;
  const { event, events, facets } = JSON.parse(element.textContent) as PageData;
  const [, , slug] = location.pathname.split("/");
  if (event !== undefined && slug !== undefined) {
    queryClient.setQueryData(eventQuery(decoded(slug)).queryKey, event);
  }
  if (events !== undefined) {
    const limit = location.pathname === "/" ? landingEvents : eventsPerPage;
    queryClient.setQueryData(eventListQuery({}, limit).queryKey, events);
  }
  if (facets !== undefined) queryClient.setQueryData(facetsQuery.queryKey, facets);
}

/** An address may hold a percent sign that encodes nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
