// Takes pictures of every page and state, to be looked at: widths of a phone, a tablet and a desk, light and dark.
//   npm run screenshots -- --url http://localhost:8080 --out /tmp/pictures [--only checkout] [--widths 375,1280]
//     [--themes light,dark] [--language ar] [--chromium /usr/bin/chromium]
// The server should have its demo data, and limits off (Onsale__RateLimits__Enabled=false). It books places.
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: options } = parseArgs({
  options: {
    url: { type: "string", default: "http://localhost:8080" },
    out: { type: "string", default: "screenshots" },
    only: { type: "string", default: "" },
    widths: { type: "string", default: "375,768,1280" },
    themes: { type: "string", default: "light,dark" },
    language: { type: "string", default: "en" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const heights = { 320: 640, 375: 812, 390: 664, 768: 1024, 1280: 800, 1920: 1080 };

/** An event by quantity whose bookings can be cancelled. */
const cancellable = "noche-de-patio";

const press = (page, name) => page.getByRole("button", { name }).first().click();
const more = (page, tier = 0) => page.locator("main [role=group] button:last-child").nth(tier).click();

async function hold(page, event = "club-night") {
  await page.goto(`${options.url}/events/${event}/pick`);
  await more(page);
  await more(page);
  await page.locator("section[aria-labelledby=choice] button").last().click();
  await page.waitForURL(/checkout/);
}

async function giveContact(page) {
  const fields = page.locator("main section[aria-labelledby=contact] input");
  if ((await fields.nth(0).inputValue()) !== "") return;
  await fields.nth(0).fill("Ada Brook");
  await fields.nth(1).fill("ada@example.com");
}

async function pay(page, { card = 0, event = undefined } = {}) {
  await hold(page, event);
  await giveContact(page);
  await page.getByRole("radio").nth(card).check();
  await page.locator("main button").filter({ hasText: /\$/ }).click();
}

async function book(page, event) {
  await pay(page, { event });
  await page.waitForURL(/bookings\/.*\/./);
  await page.locator("main img").first().waitFor();
}

async function register(page) {
  await page.goto(`${options.url}/register`);
  const fields = page.locator("main form input");
  await fields.nth(0).fill("Ada Brook");
  await fields.nth(1).fill(`ada-${randomUUID()}@example.com`);
  await fields.nth(2).fill("lantern-demo-tickets");
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL((url) => url.pathname !== "/register");
}

async function openSection(page, event) {
  await page.goto(`${options.url}/events/${event}/pick`);
  await page.locator("main [role=group] button").first().click();
  await page.locator("main li > button[aria-expanded=false]:not([disabled])").first().click();
  await page.locator("main li [role=row] button[aria-pressed]").first().waitFor();
}

async function chooseFromList(page) {
  await openSection(page, "symphony-grand-hall");
  await page.locator("main li [role=row] button[aria-pressed=false]").nth(3).click();
}

const to = (path) => (page) => page.goto(options.url + path);
const scenes = {
  start: to("/"),
  list: to("/events"),
  "list-filtered": to("/events?category=classical"),
  "list-filters": async (page) => {
    await page.goto(`${options.url}/events?city=Berlin`);
    const fold = page.locator("main search button[aria-expanded]");
    if (await fold.isVisible()) await fold.click();
  },
  "list-empty": to("/events?search=zzzz"),
  event: to("/events/symphony-grand-hall"),
  "event-quantities": to("/events/club-night"),
  "event-soon": to("/events/midnight-drop"),
  "event-few": to("/events/limited-concert"),
  "pick-hall-map": to("/events/symphony-grand-hall/pick"),
  "pick-opera-map": to("/events/the-glass-garden/pick"),
  "pick-stadium-map": to("/events/stadium-tour/pick"),
  "pick-list": (page) => openSection(page, "symphony-grand-hall"),
  "pick-chosen": chooseFromList,
  "pick-chosen-map": async (page) => {
    await chooseFromList(page);
    await page.locator("main [role=group] button").nth(1).click();
  },
  "pick-best": async (page) => {
    await page.goto(`${options.url}/events/symphony-grand-hall/pick`);
    await page.locator("main [role=group] button").nth(2).click();
    await more(page, 1);
  },
  "pick-quantities": async (page) => {
    await page.goto(`${options.url}/events/club-night/pick`);
    await more(page);
  },
  checkout: (page) => hold(page),
  "checkout-declined": async (page) => {
    await pay(page, { card: 2 });
    await page.locator("main [role=alert]").first().waitFor();
  },
  "checkout-expired": async (page) => {
    await page.clock.install();
    await hold(page);
    await page.getByRole("timer").waitFor();
    await page.clock.fastForward("11:00");
  },
  tickets: (page) => book(page),
  "find-tickets": to("/find-tickets"),
  "bookings-guest": async (page) => {
    await book(page);
    await page.goto(`${options.url}/bookings`);
  },
  cancel: async (page) => {
    await book(page, cancellable);
    await press(page, /cancel|storn|cancelar|إلغاء/i);
    await page.getByRole("dialog").waitFor();
  },
  "bookings-cancelled": async (page) => {
    await book(page, cancellable);
    await press(page, /cancel|storn|cancelar|إلغاء/i);
    await page.getByRole("dialog").getByRole("button").last().click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.goto(`${options.url}/bookings`);
  },
  "bookings-empty": async (page) => {
    await register(page);
    await page.goto(`${options.url}/bookings`);
  },
  profile: async (page) => {
    await register(page);
    await page.goto(`${options.url}/profile`);
  },
  favourites: async (page) => {
    await page.goto(`${options.url}/events?search=noche`);
    await page.locator("main article button[aria-pressed]").first().click();
    await page.goto(`${options.url}/venues/aurelia-hall`);
    await page.locator("main header button[aria-pressed]").click();
    await page.goto(`${options.url}/favourites`);
    await page.locator("main article").first().waitFor();
  },
  venue: to("/venues/aurelia-hall"),
  organiser: to("/organisers/lantern-presents"),
  help: to("/help"),
  privacy: to("/privacy"),
  login: to("/login"),
  "login-wrong": async (page) => {
    await page.goto(`${options.url}/login`);
    await page.locator("main input").nth(0).fill("ada@example.com");
    await page.locator("main input").nth(1).fill("not-the-password");
    await page.locator("main form button[type=submit]").click();
    await page.locator("main [role=alert]").first().waitFor();
  },
  "register-errors": async (page) => {
    await page.goto(`${options.url}/register`);
    await page.locator("main form button[type=submit]").click();
  },
  "not-found": to("/nowhere"),
  "event-not-found": to("/events/no-such-event"),
  error: async (page) => {
    await page.route(/\/api\/v1\/events\?/, (route) => route.fulfill({ status: 500, json: {} }));
    await page.goto(`${options.url}/events?search=a`);
    await page.getByRole("button", { name: /again|erneut|nuevo|مرة/i }).waitFor({ timeout: 40_000 });
  },
  offline: async (page) => {
    await page.goto(`${options.url}/events/symphony-grand-hall`);
    await page.context().setOffline(true);
  },
};

mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: options.chromium,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
const failed = [];
for (const [name, open] of Object.entries(scenes)) {
  if (!options.only.split(",").some((part) => name.startsWith(part))) continue;
  for (const width of options.widths.split(",").map(Number)) {
    for (const theme of options.themes.split(",")) {
      const context = await browser.newContext({
        viewport: { width, height: heights[width] ?? 900 },
        colorScheme: theme,
        locale: options.language,
        deviceScaleFactor: 1,
        hasTouch: width < 800,
      });
      const page = await context.newPage();
      const file = `${name}-${width}-${theme}.png`;
      try {
        await open(page);
        // Pictures, fonts and what slides in.
        await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => undefined);
        await page.waitForTimeout(400);
        await page.screenshot({ path: join(options.out, file), fullPage: !name.startsWith("pick") });
      } catch (error) {
        failed.push(`${file}: ${String(error).split("\n").slice(0, 3).join(" ")}`);
      }
      await context.close();
    }
  }
}
await browser.close();
for (const line of failed) console.error(line);
process.exit(failed.length > 0 ? 1 : 0);
