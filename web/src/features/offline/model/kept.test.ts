import { expect, it } from "vitest";
import { completedList, isOfTickets, merged, type Seen } from "./kept";
import type { KeptEntry } from "./ticket-store";

const now = Date.parse("2027-01-01T12:00:00Z");
const dayMs = 86_400_000;

const event = (id: string, endsAt = "2027-01-02T22:00:00Z") => ({
  id,
  slug: "show",
  title: "Show",
  startsAt: "2027-01-02T20:00:00Z",
  endsAt,
  tiers: [{ price: { amount: 100 } }],
  pools: [],
  availability: { total: 5 },
  priceRange: {},
  saleStatus: "on-sale",
});
const ticket = (id: string, code = "C1", valid = true) => ({ id, code, valid, label: "Chair" });
const booking = (id: string, state = "confirmed", tickets = [ticket("t1")]) => ({ id, eventId: "e1", state, tickets });

const seen = (key: unknown[], data: unknown, at = now): Seen => ({ key, data, at });
const opened = [
  seen(["event", "show"], event("e1")),
  seen(["booking", "b1"], booking("b1")),
  seen(["ticket-code", "t1", "C1"], "data:image/svg+xml,1"),
];
const names = (entries: KeptEntry[]) => entries.map(({ key }) => key.join("/")).sort();

it("merged_tickets that were opened_keeps booking, event and codes, without what is on sale", () => {
  const entries = merged([], opened, now);
  expect(names(entries)).toEqual(["booking/b1", "kept-event/e1", "ticket-code/t1/C1"]);
  const kept = entries.find(({ key }) => key[0] === "kept-event");
  expect(Object.keys(kept?.data as object)).toEqual(["id", "slug", "title", "startsAt", "endsAt"]);
  expect(kept?.until).toBe(Date.parse("2027-01-02T22:00:00Z") + 3 * dayMs);
});

it.each(["held", "paying", "expired", "released", "cancelled"])("merged_booking is %s_keeps nothing", (state) => {
  expect(merged([], [opened[0] as Seen, seen(["booking", "b1"], booking("b1", state))], now)).toEqual([]);
});

it("merged_booking was cancelled meanwhile_throws away what was kept, codes too", () => {
  const before = merged([], opened, now);
  const entries = merged(before, [seen(["booking", "b1"], booking("b1", "cancelled"))], now + 1);
  expect(names(entries)).toEqual(["kept-event/e1"]);
});

it("merged_ticket was handed on_keeps its code no longer", () => {
  const before = merged([], opened, now);
  const entries = merged(
    before,
    [seen(["booking", "b1"], booking("b1", "confirmed", [ticket("t1", "C1", false)]))],
    now,
  );
  expect(names(entries)).toEqual(["booking/b1", "kept-event/e1"]);
});

it("merged_ticket came back with another code_keeps the new one only", () => {
  const before = merged([], opened, now);
  const again = [
    seen(["booking", "b1"], booking("b1", "confirmed", [ticket("t1", "C2")])),
    seen(["ticket-code", "t1", "C2"], "data:image/svg+xml,2"),
  ];
  expect(names(merged(before, again, now))).toEqual(["booking/b1", "kept-event/e1", "ticket-code/t1/C2"]);
});

it("merged_another booking is opened_keeps both", () => {
  const other = [
    seen(["event", "e2"], event("e2")),
    seen(["booking", "b2"], { ...booking("b2", "confirmed", [ticket("t2")]), eventId: "e2" }),
  ];
  const entries = merged(merged([], opened, now), other, now);
  expect(names(entries)).toEqual(["booking/b1", "booking/b2", "kept-event/e1", "kept-event/e2", "ticket-code/t1/C1"]);
});

it("merged_some days after the event_keeps nothing of it", () => {
  expect(merged([], opened, now + 5 * dayMs)).toEqual([]);
  expect(merged(merged([], opened, now), [], now + 5 * dayMs)).toEqual([]);
});

it("merged_list of bookings_keeps the confirmed ones that are to come", () => {
  const row = (id: string, state: string, startsAt: string) => ({ booking: { id, state }, event: { id, startsAt } });
  const rows = [
    row("kept", "confirmed", "2027-01-02T20:00:00Z"),
    row("held", "held", "2027-01-02T20:00:00Z"),
    row("past", "confirmed", "2026-01-02T20:00:00Z"),
  ];
  const list = seen(["my-bookings"], { pages: [{ data: rows, meta: {} }], pageParams: [1] });
  const [entry] = merged([], [list], now);
  expect(entry?.data).toEqual({ pages: [{ data: [rows[0]], meta: {} }], pageParams: [1] });
});

it("merged_more than there is room for_keeps what comes first", () => {
  const long = (id: string, day: string): Seen[] => [
    seen(["event", id], event(id, `2027-01-${day}T22:00:00Z`)),
    seen(["booking", id], { ...booking(id, "confirmed", [ticket(id, "x".repeat(2_500_000))]), eventId: id }),
  ];
  const entries = merged([], [...long("later", "09"), ...long("sooner", "02")], now);
  expect(names(entries)).toContain("booking/sooner");
  expect(names(entries)).not.toContain("booking/later");
});

it("completedList_booking that was opened without the list_is in it, once", () => {
  const place = { venue: { name: "Hall", city: "Town" }, timeZone: "UTC", status: "published" };
  const entries = merged([], [seen(["event", "show"], { ...event("e1"), ...place }), ...opened.slice(1)], now);
  const list = completedList(entries).find(({ key }) => key[0] === "my-bookings");
  const { pages } = list?.data as { pages: { data: { booking: { id: string }; event: object }[] }[] };
  expect(pages[0]?.data.map(({ booking: { id } }) => id)).toEqual(["b1"]);
  expect(pages[0]?.data[0]?.event).toMatchObject({ title: "Show", venue: "Hall", city: "Town", cancelled: false });
  expect(completedList([...entries, list as KeptEntry])).toHaveLength(entries.length + 1);
});

it("isOfTickets_lists and places of a booking_are not", () => {
  for (const key of [["my-bookings", "places", "e1"], ["events", {}], ["facets"]]) expect(isOfTickets(key)).toBe(false);
});

it("merged_what is known of an event besides_is not kept", () => {
  const others = [seen(["availability", "e1"], { free: 5 }), seen(["transfers", "e1"], []), seen(["seats", "e1"], [])];
  expect(names(merged([], [...opened, ...others], now))).toEqual(names(merged([], opened, now)));
});

it("merged_anything of a ticket_goes where the ticket goes", () => {
  const live = seen(["live-ticket", "t1"], { holderKey: "k" });
  const before = merged([], [...opened, live], now);
  expect(names(before)).toContain("live-ticket/t1");
  const gone = seen(["booking", "b1"], booking("b1", "confirmed", [ticket("t1", "C1", false)]));
  expect(names(merged(before, [gone], now))).not.toContain("live-ticket/t1");
});
