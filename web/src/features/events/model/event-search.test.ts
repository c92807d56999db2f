import { describe, expect, it } from "vitest";
import { validatedSearch } from "@/lib/validated-search";
import { levelOf } from "./availability-level";
import { categoryName } from "./categories";
import { countdownTo } from "./countdown";
import { isDay, isReversed, readEventSearch, toQuery } from "./event-search";

describe("the address of the events list", () => {
  it("is read back as written", () => {
    const search = { search: "cello", city: "Berlin", from: "2027-01-01", sort: "price", order: "desc", page: 2 };
    expect(readEventSearch(search)).toEqual(search);
  });

  it("loses what nobody could have meant", () => {
    expect(readEventSearch({ search: "  ", from: "soon", sort: "colour", page: -1, other: 1 })).toEqual({});
  });

  it("takes a number or a truth for a word", () => {
    expect(readEventSearch({ search: 404 })).toEqual({ search: "404" });
    expect(readEventSearch({ search: true })).toEqual({ search: "true" });
  });

  it("readEventSearch_named days beside a day of the calendar_are left out", () => {
    expect(readEventSearch({ when: "weekend", from: "2027-01-01" })).toEqual({ from: "2027-01-01" });
    expect(readEventSearch({ when: "weekend" })).toEqual({ when: "weekend" });
  });

  it("toQuery_price_is sent with its currency", () => {
    expect(toQuery({ minPrice: 5, maxPrice: 0, currency: "EUR" }, 12)).toMatchObject({
      minPrice: "5",
      maxPrice: "0",
      currency: "EUR",
    });
  });

  it.each([
    ["a page before the first", { page: 0 }],
    ["a page that the API does not count to", { page: 10_001 }],
    ["a parameter that is given twice", { city: ["Paris", "London"] }],
    ["a year that is being typed", { from: "0002-12-31" }],
    ["a day that no month has", { to: "2027-02-30" }],
    ["a price without its currency", { maxPrice: 2500 }],
    ["a currency without a price", { currency: "USD" }],
    ["a price below nothing", { maxPrice: -1, currency: "USD" }],
    ["a lowest price above the highest", { minPrice: 2, maxPrice: 1, currency: "USD" }],
    ["days that nobody names", { when: "someday" }],
    ["nothing but characters that are no text", { search: "\u0000\ud800" }],
  ])("readEventSearch_%s_is ignored", (_, raw) => {
    expect(readEventSearch(raw)).toEqual({});
  });

  it("readEventSearch_words cut inside a character_end before it", () => {
    const read = readEventSearch({ search: `${"a".repeat(99)}😀` });
    expect(read.search).toBe("a".repeat(99));
  });

  it("validatedSearch_values that were refused_do not stay in what the router merges", () => {
    const read = validatedSearch(readEventSearch)({ sort: "foo", page: 0, city: "Berlin" });
    expect({ sort: "foo", page: 0, city: "Berlin", ...read }).toEqual({
      sort: undefined,
      page: undefined,
      city: "Berlin",
    });
  });
});

describe("the days of the list", () => {
  it("isDay_complete days only_are days", () => {
    expect(["2027-12-31", "2024-02-29", "1900-01-01"].every(isDay)).toBe(true);
    expect(["", "0002-12-31", "0202-12-31", "2027-13-01", "2025-02-29", "tomorrow", "20270-01-01"].some(isDay)).toBe(
      false,
    );
  });

  it("toQuery_days_are the venues' days and not instants of the visitor's zone", () => {
    expect(toQuery({ from: "2026-12-05", to: "2026-12-06" }, 12)).toEqual({
      from: "2026-12-05",
      to: "2026-12-06",
      group: "series",
      page: 1,
      limit: 12,
    });
  });

  it("toQuery_dates of one show_are one line, except where they are asked for", () => {
    expect(toQuery({}, 12)).toMatchObject({ group: "series" });
    expect(toQuery({ series: "x" }, 12)).not.toHaveProperty("group");
    expect(toQuery({ ids: "x" }, 12)).not.toHaveProperty("group");
  });

  it("toQuery_until before from_leaves until out", () => {
    const search = { from: "2027-06-02", to: "2027-06-01", city: "Berlin" };
    expect(isReversed(search)).toBe(true);
    expect(toQuery(search, 12)).toEqual({
      from: "2027-06-02",
      city: "Berlin",
      group: "series",
      page: 1,
      limit: 12,
    });
  });
});

describe("the name of a category", () => {
  it.each(["constructor", "toString", "__proto__"])("categoryName_%s_is shown as written", (category) => {
    expect(categoryName(category, (key) => `translated ${key}`)).toBe(category);
  });
});

describe("the availability badge", () => {
  it.each([
    [51, "plenty"],
    [50, "some"],
    [10, "some"],
    [9, "few"],
    [0, "soldOut"],
  ])("says of %i in a hundred: %s", (available, level) => {
    expect(levelOf({ total: 100, available }, "onSale")).toBe(level);
  });

  it.each([
    [2, 2],
    [2, 6],
    [5, 5],
  ])("levelOf_%i of %i_says the number", (available, total) => {
    expect(levelOf({ total, available }, "onSale")).toBe("few");
  });
});

describe("the countdown", () => {
  const now = Date.parse("2027-01-01T00:00:00Z");

  it("counts whole units", () => {
    expect(countdownTo("2027-01-03T01:02:03Z", now)).toEqual({ days: 2, hours: 1, minutes: 2, seconds: 3 });
  });

  it("is over at the instant itself", () => {
    expect(countdownTo("2027-01-01T00:00:00Z", now)).toBeUndefined();
  });
});
