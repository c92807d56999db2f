import { createMemoryHistory } from "@tanstack/react-router";
import { renderToStaticMarkup } from "react-dom/server";
import type { EventListPage, EventSummary } from "@/api/types";
import { App, queryClient } from "@/app/app";
import { router } from "@/app/router";
import { eventListQuery } from "@/features/events/api/queries";
import { languages, loadCatalogue } from "@/i18n/messages";
import { shellSlugs } from "@/lib/shell-slugs";

/**
 * The first view of the pages that need no buyer, drawn while the app is built, so that the server can send it in
 * the page: title and picture are seen before any script has come. The server fills in `{{title}}` and `{{summary}}`
 * and gives the picture slots their addresses. scripts/prerender.mjs calls this.
 */
export async function prerender(): Promise<{ name: string; html: string }[]> {
  const placeholder = { id: "", title: "{{title}}", summary: "{{summary}}" } as EventSummary;
  const placeholders = Object.values(shellSlugs).map((slug) => ({ ...placeholder, slug }));
  const pages = [
    { name: "start", path: "/" },
    { name: "events", path: "/events" },
    { name: "event", path: `/events/${shellSlugs.seats}` },
    { name: "pick-seats", path: `/events/${shellSlugs.seats}/pick` },
    { name: "pick-quantities", path: `/events/${shellSlugs.quantities}/pick` },
    { name: "login", path: "/login" },
    { name: "register", path: "/register" },
  ];
  // Known from a list that no page shows: the page of this event has its title, all else is still loading.
  queryClient.setQueryData(eventListQuery({}, 0).queryKey, { data: placeholders } as unknown as EventListPage);
  const drawn: { name: string; html: string }[] = [];
  for (const language of languages) {
    const catalogue = await loadCatalogue(language);
    for (const { name, path } of pages) {
      router.update({ context: { queryClient }, history: createMemoryHistory({ initialEntries: [path] }) });
      await router.load();
      const html = renderToStaticMarkup(<App language={language} catalogue={catalogue} />);
      drawn.push({ name: `${name}.${language}`, html });
    }
  }
  return drawn;
}
