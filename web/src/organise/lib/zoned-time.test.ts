import { describe, expect, it } from "vitest";
import { addDays, fromWall, toWall } from "./zoned-time";

describe("a wall time in a zone", () => {
  it.each([
    ["2027-01-15T20:00", "Europe/Berlin", "2027-01-15T19:00:00Z"],
    ["2027-07-15T20:00", "Europe/Berlin", "2027-07-15T18:00:00Z"],
    ["2027-07-15T20:00", "America/New_York", "2027-07-16T00:00:00Z"],
    ["2027-01-15T20:00", "Australia/Lord_Howe", "2027-01-15T09:00:00Z"],
    ["2027-07-15T20:00", "Australia/Lord_Howe", "2027-07-15T09:30:00Z"],
    ["2027-07-15T00:00", "UTC", "2027-07-15T00:00:00Z"],
  ])("%s in %s is %s, there and back", (wall, zone, instant) => {
    expect(fromWall(wall, zone)).toBe(instant);
    expect(toWall(instant, zone)).toBe(wall);
  });

  it("is the first of the two in an hour that comes twice", () => {
    // 2027-10-31: at 3:00 the clocks of Berlin go back to 2:00.
    expect(fromWall("2027-10-31T02:30", "Europe/Berlin")).toBe("2027-10-31T00:30:00Z");
    expect(fromWall("2027-11-07T01:30", "America/New_York")).toBe("2027-11-07T05:30:00Z");
  });

  it("is an hour later on the clock in an hour that is left out", () => {
    const instant = fromWall("2027-03-28T02:30", "Europe/Berlin");
    expect(instant).toBe("2027-03-28T01:30:00Z");
    expect(toWall(instant, "Europe/Berlin")).toBe("2027-03-28T03:30");
  });

  it("keeps its hour on another day, whatever the clocks do", () => {
    expect(addDays("2027-03-27T20:00", 1)).toBe("2027-03-28T20:00");
    expect(addDays("2027-12-31T20:00", 1)).toBe("2028-01-01T20:00");
  });

  it("is none while it is being typed", () => {
    expect(fromWall("", "Europe/Berlin")).toBeUndefined();
    expect(fromWall("2027-01", "Europe/Berlin")).toBeUndefined();
    expect(toWall(undefined, "Europe/Berlin")).toBe("");
  });
});
