/**
 * What the shop's worker does with a request: nothing ("leave"), answer with a page of tickets or with any other page of
 * the shop, with a built file, or with a picture.
 */
export type Decision = "leave" | "tickets" | "page" | "file" | "picture";

export interface Asked {
  method: string;
  /** As of fetch: "navigate" for a page. */
  mode: string;
  /** As of fetch: "image" for what an element shows. */
  destination: string;
  address: URL;
}

/** First parts of the addresses of the shop's pages. All else under the worker's scope is somebody else's. */
const shopRoots: ReadonlySet<string> = new Set([
  "",
  "bookings",
  "checkout",
  "events",
  "favourites",
  "find-tickets",
  "forgot-password",
  "help",
  "imprint",
  "login",
  "organisers",
  "privacy",
  "profile",
  "register",
  "reset-password",
  "terms",
  "transfer",
  "venues",
  "verify-email",
]);

/** Those that show tickets which were seen on this device: the list, a booking, and tickets that were handed on. */
const ticketPages = /^\/(?:bookings(?:\/[^/]+\/[^/]+)?|transfer)\/?$/;

export function decide({ method, mode, destination, address }: Asked, origin: string): Decision {
  if (method !== "GET" || address.origin !== origin) return "leave";
  const path = address.pathname;
  if (mode === "navigate") {
    if (ticketPages.test(path)) return "tickets";
    return shopRoots.has(path.split("/", 2)[1] ?? "") ? "page" : "leave";
  }
  if (path.startsWith("/assets/")) return "file";
  return destination === "image" && /^\/(?:artwork|pictures)\//.test(path) ? "picture" : "leave";
}

/** Whether a page is of the build whose files these are: another build's page would ask for files that are not kept. */
export function fits(html: string, files: ReadonlySet<string>): boolean {
  const named = [...html.matchAll(/["'](\/assets\/[^"']+)["']/g)].map(([, file]) => file ?? "");
  return named.length > 0 && named.every((file) => files.has(file));
}

/**
 * A new worker waits while places are held in any tab: nothing changes for who is about to pay.
 * @param locks Names of the locks that pages have: see features/checkout/model/hold-lock.ts.
 */
export function mayTakeOver(locks: readonly (string | undefined)[]): boolean {
  return !locks.includes("onsale-hold");
}
