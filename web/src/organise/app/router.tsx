import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { validatedSearch } from "@/lib/validated-search";
import type { ActivitySearch } from "../features/organisation/activity-page";
import { readId, readPage, readText } from "../lib/search";
import { Failed, Loading, NotFound } from "../ui/states";
import { BareRoute, FoundRoute, HomeRoute, OrganisationRoute } from "./gate";

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFound });

const organisationPages = () => import("./routes/organisation-routes");

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomeRoute });
const found = createRoute({ getParentRoute: () => root, path: "/found", component: FoundRoute });
const bare = createRoute({ getParentRoute: () => root, id: "bare", component: BareRoute });
const invitation = createRoute({
  getParentRoute: () => bare,
  path: "/invitations/$token",
  component: lazyRouteComponent(organisationPages, "InvitationRoute"),
});
const organisation = createRoute({ getParentRoute: () => root, path: "/$org", component: OrganisationRoute });
const overview = createRoute({
  getParentRoute: () => organisation,
  path: "/",
  component: lazyRouteComponent(organisationPages, "OverviewRoute"),
});
const members = createRoute({
  getParentRoute: () => organisation,
  path: "/members",
  component: lazyRouteComponent(organisationPages, "MembersRoute"),
});
const activity = createRoute({
  getParentRoute: () => organisation,
  path: "/activity",
  validateSearch: validatedSearch((raw): ActivitySearch => ({
    page: readPage(raw.page),
    subject: readText(raw.subject),
    event: readId(raw.event),
  })),
  component: lazyRouteComponent(organisationPages, "ActivityRoute"),
});
const settings = createRoute({
  getParentRoute: () => organisation,
  path: "/settings",
  component: lazyRouteComponent(organisationPages, "SettingsRoute"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    found,
    bare.addChildren([invitation]),
    organisation.addChildren([overview, members, activity, settings]),
  ]),
  basepath: "/organise",
  context: undefined as unknown as RouterContext,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: Failed,
  defaultPendingComponent: Loading,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
