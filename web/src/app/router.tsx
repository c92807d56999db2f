import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { readBookingsSearch } from "@/features/bookings/model/bookings-search";
import { readEventSearch } from "@/features/events/model/event-search";
import { afterPaint } from "@/lib/after-paint";
import { validatedSearch } from "@/lib/validated-search";
import { restoreSession } from "@/session/session";
import { ErrorPage } from "./error-page";
import { NotFoundPage } from "./not-found-page";
import { PendingPage } from "./pending-page";
import EventRoute from "./routes/event-route";
import EventsRoute from "./routes/events-route";
import LandingRoute from "./routes/landing-route";
import PickRoute from "./routes/pick-route";
import { Shell } from "./shell";

interface RouterContext {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Shell,
  notFoundComponent: NotFoundPage,
  // A phone takes some tenths of a second to draw another page: the link is seen to be pressed before that.
  beforeLoad: ({ cause, preload }) => (cause === "stay" && !preload ? afterPaint() : undefined),
});

/** Where to go after signing in: a path of this app, never another site. */
function readReturn(search: Record<string, unknown>): { to?: string } {
  const { to } = search;
  return typeof to === "string" && /^\/(?![/\\])/.test(to) ? { to } : {};
}

async function requireAccount({ location }: { location: { href: string } }): Promise<void> {
  const current = await restoreSession();
  if (current.status !== "signedIn" || current.user.kind !== "account") {
    throw redirect({ to: "/login", search: { to: location.href } });
  }
}

async function requireBuyer({ location }: { location: { href: string } }): Promise<void> {
  const current = await restoreSession();
  if (current.status !== "signedIn") throw redirect({ to: "/login", search: { to: location.href } });
}

interface Opened {
  context: RouterContext;
  location: { href: string };
}

/** Tickets that were seen on this device are shown without an answer of the server too: only then is there a worker. */
async function showKept({ context }: Opened): Promise<boolean> {
  if (!navigator.serviceWorker?.controller) return false;
  const offline = await import("@/features/offline").catch(() => undefined);
  return (await offline?.showKept(context.queryClient)) === true;
}

async function requireTickets(opened: Opened): Promise<void> {
  if (!(await showKept(opened))) await requireBuyer(opened);
}

// Routes that lead to one another, and what they share, are one file: a file each would be requests more for a kilobyte.
const account = () => import("./routes/account-routes");
const accountLinks = () => import("./routes/account-link-routes");
const buying = () => import("./routes/buying-routes");
const info = () => import("./routes/info-routes");
const queue = () => import("./routes/queue-route");

// What leads from a link to chosen places is in the first script: files of their own would be requests more for few
// kilobytes, in the minute in which most requests fail.
const landing = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: LandingRoute,
});
const events = createRoute({
  getParentRoute: () => root,
  path: "/events",
  validateSearch: validatedSearch(readEventSearch),
  component: EventsRoute,
});
const event = createRoute({
  getParentRoute: () => root,
  path: "/events/$slug",
  component: EventRoute,
});
const pick = createRoute({
  getParentRoute: () => root,
  path: "/events/$slug/pick",
  component: PickRoute,
});
const waitingRoom = createRoute({
  getParentRoute: () => root,
  path: "/events/$slug/queue",
  component: lazyRouteComponent(queue),
});
const checkout = createRoute({
  getParentRoute: () => root,
  path: "/checkout/$eventId/$bookingId",
  beforeLoad: requireBuyer,
  component: lazyRouteComponent(buying, "CheckoutRoute"),
});
const bookings = createRoute({
  getParentRoute: () => root,
  path: "/bookings",
  validateSearch: validatedSearch(readBookingsSearch),
  beforeLoad: requireTickets,
  component: lazyRouteComponent(() => import("./routes/bookings-route")),
});
const booking = createRoute({
  getParentRoute: () => root,
  path: "/bookings/$eventId/$bookingId",
  beforeLoad: requireTickets,
  component: lazyRouteComponent(buying, "BookingRoute"),
});
const findOrder = createRoute({
  getParentRoute: () => root,
  path: "/find-tickets",
  component: lazyRouteComponent(() => import("./routes/find-order-route")),
});
const transfer = createRoute({
  getParentRoute: () => root,
  path: "/transfer",
  beforeLoad: async (opened) => void (await showKept(opened)),
  component: lazyRouteComponent(() => import("./routes/transfer-route")),
});
const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: validatedSearch(readReturn),
  component: lazyRouteComponent(account, "LoginRoute"),
});
const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  validateSearch: validatedSearch(readReturn),
  component: lazyRouteComponent(account, "RegisterRoute"),
});
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgot-password",
  component: lazyRouteComponent(accountLinks, "ForgotPasswordRoute"),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(accountLinks, "ResetPasswordRoute"),
});
const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: "/verify-email",
  component: lazyRouteComponent(accountLinks, "VerifyEmailRoute"),
});
const profile = createRoute({
  getParentRoute: () => root,
  path: "/profile",
  beforeLoad: requireAccount,
  component: lazyRouteComponent(account, "ProfileRoute"),
});

const presenters = () => import("./routes/presenter-routes");
const venue = createRoute({
  getParentRoute: () => root,
  path: "/venues/$slug",
  component: lazyRouteComponent(presenters, "VenueRoute"),
});
const organiser = createRoute({
  getParentRoute: () => root,
  path: "/organisers/$slug",
  component: lazyRouteComponent(presenters, "OrganiserRoute"),
});

const favourites = createRoute({
  getParentRoute: () => root,
  path: "/favourites",
  component: lazyRouteComponent(() => import("./routes/favourites-route")),
});

const help = createRoute({
  getParentRoute: () => root,
  path: "/help",
  component: lazyRouteComponent(info, "HelpRoute"),
});
const terms = createRoute({
  getParentRoute: () => root,
  path: "/terms",
  component: lazyRouteComponent(info, "TermsRoute"),
});
const privacy = createRoute({
  getParentRoute: () => root,
  path: "/privacy",
  component: lazyRouteComponent(info, "PrivacyRoute"),
});
const imprint = createRoute({
  getParentRoute: () => root,
  path: "/imprint",
  component: lazyRouteComponent(info, "ImprintRoute"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    landing,
    events,
    event,
    pick,
    waitingRoom,
    checkout,
    bookings,
    booking,
    findOrder,
    transfer,
    login,
    register,
    forgotPassword,
    resetPassword,
    verifyEmail,
    profile,
    venue,
    organiser,
    favourites,
    help,
    terms,
    privacy,
    imprint,
  ]),
  context: undefined as unknown as RouterContext,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultPendingComponent: PendingPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** The visitor comes from paying for what the page is about. */
    isBought?: boolean;
  }
}
