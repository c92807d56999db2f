import { describe, expect, it } from "vitest";
import { levelOf } from "./availability-level";
import { countdownTo } from "./countdown";
import { readEventSearch } from "./event-search";

describe("the address of the events list", () => {
  it("is read back as written", () => {
    const search = { search: "cello", city: "Berlin", from: "2027-01-01", sort: "price", order: "desc", page: 2 };
    expect(readEventSearch(search)).toEqual(search);
  });

  it("loses what nobody could have meant", () => {
    expect(readEventSearch({ search: "  ", from: "soon", sort: "colour", page: -1, other: 1 })).toEqual({});
  });

  it("takes a number for a word", () => {
    expect(readEventSearch({ search: 404 })).toEqual({ search: "404" });
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
