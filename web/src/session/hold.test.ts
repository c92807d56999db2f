import { beforeEach, expect, it, vi } from "vitest";

const hold = (bookingId: string, expiresAt: string) => ({
  eventId: "e",
  bookingId,
  slug: "s",
  title: "T",
  expiresAt,
});
const soon = hold("soon", "2027-01-01T12:05:00Z");
const late = hold("late", "2027-01-01T12:09:00Z");

let stored: Map<string, string>;
beforeEach(() => {
  vi.resetModules();
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});

it("rememberHold_two events_keeps both, the one that ends first before", async () => {
  const { activeHolds, rememberHold } = await import("./hold");
  rememberHold(late);
  rememberHold(soon);
  rememberHold(soon);
  expect(activeHolds.get().map(({ bookingId }) => bookingId)).toEqual(["soon", "late"]);
});

it("forgetHold_one of two_keeps the other, also for the next page", async () => {
  const first = await import("./hold");
  first.rememberHold(late);
  first.rememberHold(soon);
  first.forgetHold("soon");
  vi.resetModules();
  const { activeHolds } = await import("./hold");
  expect(activeHolds.get()).toEqual([late]);
});

it.each([
  "null",
  "5",
  '"text"',
  "{}",
  "[null, 7]",
  '[{"bookingId":"x"}]',
  '[{"expiresAt":"soon"}]',
  "not json",
  '[{"eventId":"e","bookingId":"b","slug":"s","title":"T","expiresAt":"2027-01-01T12:05:00Z","extensionsLeft":"1"}]',
])("activeHolds_stored value %s_is no hold", async (value) => {
  stored.set("onsale.holds", value);
  const { activeHolds } = await import("./hold");
  expect(activeHolds.get()).toEqual([]);
});

it("forgetAllHolds_leaves nothing in the browser", async () => {
  const { forgetAllHolds, rememberHold } = await import("./hold");
  rememberHold(late);
  forgetAllHolds();
  expect(stored.size).toBe(0);
});
