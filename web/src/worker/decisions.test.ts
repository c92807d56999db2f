import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { decide, fits, mayTakeOver } from "./decisions";

const origin = "https://shop.example";
const asked = (path: string, mode = "navigate", method = "GET", destination = "") => ({
  method,
  mode,
  destination,
  address: new URL(path, origin),
});

it.each(["/bookings", "/bookings?show=past", "/bookings/e1/b1", "/bookings/e1/b1/", "/transfer", "/transfer#secret"])(
  "decide_page %s_shows tickets",
  (path) => {
    expect(decide(asked(path), origin)).toBe("tickets");
  },
);

it.each(["/", "/events", "/events/club-night/pick", "/checkout/e1/b1", "/login", "/help"])(
  "decide_page %s_says that it needs a network",
  (path) => {
    expect(decide(asked(path), origin)).toBe("page");
  },
);

it.each([
  "/organise",
  "/organise/lantern/events",
  "/operate",
  "/status",
  "/door",
  "/docs/",
  "/metrics",
  "/health/ready",
  "/dev/mail",
  "/api/v1/events/e1/bookings/b1/calendar",
  "/shop-worker.js",
])("decide_page %s of others_is left alone", (path) => {
  expect(decide(asked(path), origin)).toBe("leave");
});

it.each(["/api/v1/me/bookings", "/api/v1/events/e1/live", "/artwork/e1.svg", "/icons/shop-192.png", "/bookings"])(
  "decide_request of %s by a page_is left alone",
  (path) => {
    expect(decide(asked(path, "cors"), origin)).toBe("leave");
  },
);

it.each(["/artwork/e1.svg?v=1", "/pictures/1/800.webp"])("decide_picture %s of an element_has a place", (path) => {
  expect(decide(asked(path, "no-cors", "GET", "image"), origin)).toBe("picture");
});

it("decide_ticket's code as a picture_is left alone", () => {
  const path = "/api/v1/events/e1/bookings/b1/tickets/t1/qr";
  expect(decide(asked(path, "no-cors", "GET", "image"), origin)).toBe("leave");
});

it("decide_built file_is answered, of this site only", () => {
  expect(decide(asked("/assets/app-1.js", "cors"), origin)).toBe("file");
  expect(decide(asked("https://js.stripe.com/assets/app-1.js", "no-cors"), origin)).toBe("leave");
});

it.each(["POST", "PATCH", "PUT", "DELETE", "HEAD"])("decide_%s_is left alone wherever it goes", (method) => {
  expect(decide(asked("/bookings", "navigate", method), origin)).toBe("leave");
  expect(decide(asked("/assets/app-1.js", "cors", method), origin)).toBe("leave");
});

it("decide_every page of the router_is known", () => {
  const router = readFileSync(new URL("../app/router.tsx", import.meta.url), "utf8");
  const paths = [...router.matchAll(/path: "(\/[^"]*)"/g)].map(([, path]) => path ?? "");
  expect(paths.length).toBeGreaterThan(15);
  for (const path of paths) expect([path, decide(asked(path), origin)]).not.toEqual([path, "leave"]);
});

it("fits_page of another build_does not", () => {
  const files = new Set(["/assets/app-1.js", "/assets/style-1.css"]);
  const page = (app: string) => `<link href="/assets/style-1.css"><script src='/assets/${app}.js'></script>`;
  expect(fits(page("app-1"), files)).toBe(true);
  expect(fits(page("app-2"), files)).toBe(false);
  expect(fits("<p>Bad gateway</p>", files)).toBe(false);
});

it("mayTakeOver_places are held in a tab_waits", () => {
  expect(mayTakeOver(["onsale-session"])).toBe(true);
  expect(mayTakeOver(["onsale-session", "onsale-hold"])).toBe(false);
});
