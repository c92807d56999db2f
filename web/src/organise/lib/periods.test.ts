import { describe, expect, it } from "vitest";
import { periodOf } from "./periods";

describe("periodOf", () => {
  it.each([
    ["thisMonth", "2026-03-01T00:00:00Z", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"],
    ["lastMonth", "2026-01-15T12:00:00Z", "2025-11-30T23:00:00Z", "2025-12-31T23:00:00Z"],
    ["thisYear", "2025-12-31T23:30:00Z", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z"],
    ["lastYear", "2026-06-15T12:00:00Z", "2024-12-31T23:00:00Z", "2025-12-31T23:00:00Z"],
  ] as const)("takes %s by the calendar of the zone", (name, now, from, to) => {
    expect(periodOf(name, "Europe/Berlin", now)).toEqual({ from, to });
  });

  it("leaves all of it open", () => {
    expect(periodOf("all", "UTC", "2026-01-01T00:00:00Z")).toEqual({});
  });
});
