import { expect, it } from "vitest";
import { offlinePage } from "./offline-page";

it("offlinePage_speaks the language of the page that was kept, in its direction and theme", async () => {
  const tag = '<html lang="ar" dir="rtl" data-mantine-color-scheme="dark">';
  const html = await offlinePage(`<!doctype html>\n${tag}<head></head>`).text();
  expect(html).toContain(tag);
  expect(html).toContain("أنت غير متصل");
});

it.each(["", '<html lang="xx">', "<p>Bad gateway</p>"])(
  "offlinePage_without a page (%s)_is in English",
  async (page) => {
    expect(await offlinePage(page).text()).toContain("You are offline");
  },
);

it("offlinePage_is no answer to be kept, and runs nothing", async () => {
  const answer = offlinePage("");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  expect(await answer.text()).not.toContain("<script");
});
