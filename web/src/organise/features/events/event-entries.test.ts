import { describe, expect, it } from "vitest";
import type { OwnEvent } from "../../api/types";
import { entriesOf, inZone, isComplete, toChange } from "./event-entries";

const event = {
  title: "Night",
  slug: "night",
  startsAt: "2027-07-01T17:00:00Z",
  endsAt: "2027-07-01T20:00:00Z",
  onSaleAt: "2027-01-01T09:00:00Z",
  offSaleAt: "2027-07-01T17:00:00Z",
  holdMinutes: 10,
  maxTicketsPerBuyer: 8,
  timeZone: "UTC",
} as OwnEvent;

describe("an event's entries", () => {
  it("are sent as far as they changed, and emptied by name", () => {
    expect(toChange({ title: "Day", doorsAt: undefined })).toEqual({ title: "Day", clear: ["doorsAt"] });
    expect(toChange({ venueId: "1" })).toEqual({ venueId: "1" });
  });

  it("show the same hours in another zone", () => {
    expect(inZone(entriesOf(event), "UTC", "Europe/Berlin")).toMatchObject({
      startsAt: "2027-07-01T15:00:00Z",
      onSaleAt: "2027-01-01T08:00:00Z",
    });
    expect(inZone(entriesOf(event), "UTC", "UTC")).toEqual({});
  });

  it("are complete with a title and times", () => {
    expect(isComplete(entriesOf(event))).toBe(true);
    expect(isComplete({ ...entriesOf(event), title: " " })).toBe(false);
    expect(isComplete({ ...entriesOf(event), endsAt: undefined })).toBe(false);
  });
});
