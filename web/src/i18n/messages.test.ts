import { describe, expect, it } from "vitest";
import { makeFormat } from "./format";
import { formatMessage } from "./messages";

describe("a text with a number", () => {
  it("has words for nothing where the catalogue gives some", () => {
    expect(formatMessage({ zero: "none", one: "one", other: "{count}" }, "en", { count: 0 })).toBe("none");
    expect(formatMessage({ one: "one", other: "{count}" }, "en", { count: 0 })).toBe("0");
  });
});

describe("formats", () => {
  it("show money in minor units as the currency has them", () => {
    const { money } = makeFormat("en");
    expect(money({ amount: 4550, currency: "USD" })).toBe("$45.50");
    expect(money({ amount: 4500, currency: "USD" })).toBe("$45");
    expect(money({ amount: 4500, currency: "JPY" })).toBe("¥4,500");
  });

  it("show an event's time in its own zone", () => {
    expect(makeFormat("de").time("2027-02-06T01:00:00Z", "Australia/Sydney")).toBe("12:00");
  });
});
