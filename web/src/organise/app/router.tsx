import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { validatedSearch } from "@/lib/validated-search";
import { bookingSorts, bookingStates, type OwnBookingsSearch } from "../api/bookings";
import type { OwnEventsSearch } from "../api/events";
import { invoiceKinds, type InvoicesSearch } from "../api/invoices";
import { ledgerKinds } from "../api/money";
import type { MoneySearch } from "../features/money/money-page";
import type { ActivitySearch } from "../features/organisation/activity-page";
import { setupSteps, type SetupStep } from "../features/events/setup-steps";
import { periodNames } from "../lib/periods";
import { readId, readOneOf, readPage, readText } from "../lib/search";
import { Failed, Loading, NotFound } from "../ui/states";
import { BareRoute, FoundRoute, HomeRoute, NowhereRoute, OrganisationRoute } from "./gate";

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NowhereRoute });

// Pages that lead to one another are one file.
const organisationPages = () => import("./routes/organisation-routes");
const eventsPages = () => import("./routes/events-routes");
const sellingPages = () => import("./routes/selling-routes");
const placesPages = () => import("./routes/places-routes");
const planEditorPage = () => import("./routes/plan-editor-route");
const doorPages = () => import("./routes/door-routes");

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomeRoute });
const found = createRoute({ getParentRoute: () => root, path: "/found", component: FoundRoute });
const bare = createRoute({ getParentRoute: () => root, id: "bare", component: BareRoute });
const invitation = createRoute({
  getParentRoute: () => bare,
  path: "/invitations/$token",
  component: lazyRouteComponent(organisationPages, "InvitationRoute"),
});
const organisation = createRoute({
  getParentRoute: () => root,
  path: "/$org",
  component: OrganisationRoute,
  notFoundComponent: NotFound,
});
const overview = createRoute({
  getParentRoute: () => organisation,
  path: "/",
  component: lazyRouteComponent(eventsPages, "OverviewRoute"),
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
const money = createRoute({
  getParentRoute: () => organisation,
  path: "/money",
  validateSearch: validatedSearch((raw): MoneySearch => ({
    period: readOneOf(raw.period, periodNames),
    events: readPage(raw.events),
    event: readId(raw.event),
    kind: readOneOf(raw.kind, ledgerKinds),
    page: readPage(raw.page),
  })),
  component: lazyRouteComponent(organisationPages, "MoneyRoute"),
});
const invoices = createRoute({
  getParentRoute: () => organisation,
  path: "/invoices",
  validateSearch: validatedSearch((raw): InvoicesSearch => ({
    search: readText(raw.search),
    kind: readOneOf(raw.kind, invoiceKinds),
    page: readPage(raw.page),
  })),
  component: lazyRouteComponent(organisationPages, "InvoicesRoute"),
});
const settings = createRoute({
  getParentRoute: () => organisation,
  path: "/settings",
  component: lazyRouteComponent(organisationPages, "SettingsRoute"),
});

const events = createRoute({
  getParentRoute: () => organisation,
  path: "/events",
  validateSearch: validatedSearch((raw): OwnEventsSearch => ({
    search: readText(raw.search),
    status: readOneOf(raw.status, ["draft", "published", "cancelled"]),
    time: readOneOf(raw.time, ["ahead", "past"]),
    order: readOneOf(raw.order, ["desc"]),
    series: readId(raw.series),
    page: readPage(raw.page),
  })),
  component: lazyRouteComponent(eventsPages, "EventsRoute"),
});
const newEvent = createRoute({
  getParentRoute: () => organisation,
  path: "/events/new",
  component: lazyRouteComponent(eventsPages, "NewEventRoute"),
});
const setup = createRoute({
  getParentRoute: () => organisation,
  path: "/events/$event/setup",
  validateSearch: validatedSearch((raw): { step?: SetupStep | undefined } => ({
    step: readOneOf(raw.step, setupSteps),
  })),
  component: lazyRouteComponent(eventsPages, "SetupRoute"),
});
const event = createRoute({
  getParentRoute: () => organisation,
  path: "/events/$event",
  component: lazyRouteComponent(eventsPages, "EventRoute"),
});
const summary = createRoute({
  getParentRoute: () => event,
  path: "/",
  component: lazyRouteComponent(eventsPages, "SummaryRoute"),
});
const details = createRoute({
  getParentRoute: () => event,
  path: "/details",
  component: lazyRouteComponent(eventsPages, "DetailsRoute"),
});
const tickets = createRoute({
  getParentRoute: () => event,
  path: "/tickets",
  component: lazyRouteComponent(eventsPages, "TicketsRoute"),
});
const sale = createRoute({
  getParentRoute: () => event,
  path: "/sale",
  component: lazyRouteComponent(eventsPages, "SaleRoute"),
});
const blocks = createRoute({
  getParentRoute: () => event,
  path: "/blocks",
  component: lazyRouteComponent(eventsPages, "BlocksRoute"),
});
const codes = createRoute({
  getParentRoute: () => event,
  path: "/codes",
  component: lazyRouteComponent(eventsPages, "CodesRoute"),
});
const questions = createRoute({
  getParentRoute: () => event,
  path: "/questions",
  component: lazyRouteComponent(eventsPages, "QuestionsRoute"),
});
const waitlist = createRoute({
  getParentRoute: () => event,
  path: "/waitlist",
  component: lazyRouteComponent(eventsPages, "WaitlistRoute"),
});
const waitingRoom = createRoute({
  getParentRoute: () => event,
  path: "/waiting-room",
  component: lazyRouteComponent(eventsPages, "WaitingRoomRoute"),
});
const rehearsals = createRoute({
  getParentRoute: () => event,
  path: "/rehearsals",
  component: lazyRouteComponent(eventsPages, "RehearsalsRoute"),
});
const dates = createRoute({
  getParentRoute: () => event,
  path: "/dates",
  component: lazyRouteComponent(eventsPages, "DatesRoute"),
});
const door = createRoute({
  getParentRoute: () => organisation,
  path: "/door/$event",
  component: lazyRouteComponent(doorPages, "DoorRoute"),
});
const bookings = createRoute({
  getParentRoute: () => event,
  path: "/bookings",
  validateSearch: validatedSearch((raw): OwnBookingsSearch => ({
    search: readText(raw.search),
    state: readOneOf(raw.state, bookingStates),
    tier: readId(raw.tier),
    sort: readOneOf(raw.sort, bookingSorts),
    page: readPage(raw.page),
  })),
  component: lazyRouteComponent(sellingPages, "BookingsRoute"),
});
const booking = createRoute({
  getParentRoute: () => event,
  path: "/bookings/$booking",
  component: lazyRouteComponent(sellingPages, "BookingRoute"),
});
const counter = createRoute({
  getParentRoute: () => event,
  path: "/counter",
  component: lazyRouteComponent(sellingPages, "CounterRoute"),
});
const report = createRoute({
  getParentRoute: () => event,
  path: "/report",
  component: lazyRouteComponent(sellingPages, "ReportRoute"),
});
const venues = createRoute({
  getParentRoute: () => organisation,
  path: "/venues",
  component: lazyRouteComponent(placesPages, "VenuesRoute"),
});
const plans = createRoute({
  getParentRoute: () => organisation,
  path: "/plans",
  component: lazyRouteComponent(placesPages, "PlansRoute"),
});
const planDraft = createRoute({
  getParentRoute: () => organisation,
  path: "/plans/drafts/$draft",
  component: lazyRouteComponent(planEditorPage, "PlanDraftRoute"),
});
const plan = createRoute({
  getParentRoute: () => organisation,
  path: "/plans/$plan",
  component: lazyRouteComponent(placesPages, "PlanRoute"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    found,
    bare.addChildren([invitation]),
    organisation.addChildren([
      overview,
      events,
      newEvent,
      setup,
      event.addChildren([
        summary,
        details,
        tickets,
        sale,
        blocks,
        codes,
        questions,
        waitlist,
        waitingRoom,
        rehearsals,
        dates,
        bookings,
        booking,
        counter,
        report,
      ]),
      door,
      venues,
      plans,
      plan,
      planDraft,
      money,
      invoices,
      members,
      activity,
      settings,
    ]),
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
