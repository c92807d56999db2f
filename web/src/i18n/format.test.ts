import { describe, expect, it } from "vitest";
import { isKnownZone, localeOf, makeFormat, unknown } from "./format";

describe("money", () => {
  it.each([
    ["HUF", 450_000, "4,500"],
    ["IDR", 15_000_000, "150,000"],
    ["COP", 9_000_000, "90,000"],
    ["PKR", 123_456, "1,234.56"],
    ["IQD", 15_500, "15.500"],
    ["JPY", 5000, "5,000"],
    ["ISK", 5900, "5,900"],
    ["KWD", 15_500, "15.500"],
    ["USD", 4550, "45.50"],
  ])("money_%s_has the minor units of ISO 4217 and not of the browser", (currency, amount, text) => {
    expect(makeFormat("en").money({ amount, currency })).toContain(text);
  });

  it("money_code that is none_is shown as written", () => {
    expect(makeFormat("en").money({ amount: 4500, currency: "EURO" })).toBe("45 EURO");
  });
});

describe("dates", () => {
  it("time_zone that the browser does not know_is UTC and says so", () => {
    const format = makeFormat("en", undefined, "en-US");
    expect(format.time("2027-02-06T01:00:00Z", "Mars/Olympus")).toBe("1:00 AM UTC");
    expect(format.day("2027-02-06T01:00:00Z", "right/Europe/Berlin")).toBe("Sat, Feb 6, UTC");
    expect(format.longDay("2027-02-06T01:00:00Z", "")).toContain("2027");
    expect([isKnownZone("Mars/Olympus"), isKnownZone("Europe/Kyiv"), isKnownZone("Asia/Calcutta")]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("date_instant that cannot be read_is shown as unknown", () => {
    expect(makeFormat("en").moment("soon", "Europe/Berlin")).toBe(unknown);
  });

  it("localeOf_visitor's own variant of the language_is taken", () => {
    expect(localeOf("en", ["de-AT", "en-GB", "en-US"])).toBe("en-GB");
    expect(localeOf("es", ["es-MX"])).toBe("es-MX");
    expect(localeOf("de", ["en-US"])).toBe("de");
    expect(localeOf("ar", ["ar-EG"])).toBe("ar");
  });

  it("moment_in Britain_is written as there", () => {
    expect(makeFormat("en", undefined, "en-GB").moment("2026-12-30T19:30:00Z", "UTC")).toBe("Wed 30 Dec, 19:30");
  });

  const words = { midnight: "midnight", noon: "noon" };

  it("time_twelve o'clock on a clock of twelve hours_is a word", () => {
    const { time, moment } = makeFormat("en", words, "en-US");
    expect(time("2027-02-06T00:00:00Z", "UTC")).toBe("midnight");
    expect(time("2027-02-06T12:00:00Z", "UTC")).toBe("noon");
    expect(time("2027-02-06T12:30:00Z", "UTC")).toMatch(/^12:30\sPM$/);
    expect(moment("2027-02-06T00:00:00Z", "UTC")).toBe("Sat, Feb 6, midnight");
    expect(time("2027-02-06T05:00:00Z", "America/New_York")).toBe("midnight");
  });

  it("time_twelve o'clock on a clock of 24 hours_is a figure", () => {
    expect(makeFormat("es", words, "es").time("2027-02-06T00:00:00Z", "UTC")).toBe("0:00");
  });
});
