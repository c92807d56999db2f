import type { Booking, EventDetails, MyBooking } from "@/api/types";
import type { components } from "@/api/schema";
import type { KeptEntry } from "./ticket-store";

type ReceivedTicket = components["schemas"]["ReceivedTicket"];

/** An answer that the app has in memory. */
export interface Seen {
  key: readonly unknown[];
  data: unknown;
  at: number;
}

const ofTheSale = ["tiers", "pools", "availability", "priceRange", "saleStatus"] as const;

/** What a page of tickets shows of an event: nothing of what is on sale, which would be old. */
export type KeptEvent = Omit<EventDetails, (typeof ofTheSale)[number]>;

const dayMs = 24 * 60 * 60 * 1000;
const afterEndMs = 3 * dayMs;
/** Where only the start is known. */
const afterStartMs = 4 * dayMs;
const maxLetters = 4_000_000;

const named = new Set<unknown>(["booking", "event", "kept-event", "my-bookings", "received-tickets"]);

/** Whether an answer may be kept; others are not looked at. Of what belongs to one ticket, its id comes second. */
export function isOfTickets(key: readonly unknown[]): boolean {
  return key[0] === "my-bookings" ? key.length === 1 : named.has(key[0]) || isOfOneTicket(key);
}

function isOfOneTicket([kind, id]: readonly unknown[]): boolean {
  return !named.has(kind) && typeof id === "string";
}

/** What of the answers is kept, and until when: confirmed bookings, their events and codes, and tickets received. */
function entriesOf(seen: readonly Seen[], before: readonly KeptEntry[], now: number): KeptEntry[] {
  const entries: KeptEntry[] = [];
  const events = eventsOf(seen, before);
  const untilOfTicket = new Map<string, number>();
  for (const { key, data, at } of seen) {
    if (key[0] === "booking") {
      const booking = data as Booking;
      const event = events.get(booking.eventId);
      if (event === undefined || booking.state !== "confirmed") continue;
      const until = Date.parse(event.facts.endsAt) + afterEndMs;
      entries.push({ key, data, at, until });
      entries.push({ key: ["kept-event", booking.eventId], data: event.facts, at: event.at, until });
      for (const { id, valid } of booking.tickets ?? []) if (valid) untilOfTicket.set(id, until);
    } else if (key[0] === "my-bookings") {
      const entry = listEntry(data as { pages: { data: MyBooking[] }[]; pageParams: unknown[] }, now);
      if (entry !== undefined) entries.push({ key, at, ...entry });
    } else if (key[0] === "received-tickets") {
      const tickets = (data as ReceivedTicket[]).filter(({ valid, event }) => valid && endOf(event.startsAt) > now);
      const until = Math.max(0, ...tickets.map(({ event }) => endOf(event.startsAt)));
      if (tickets.length > 0) entries.push({ key, data: tickets, at, until });
      for (const { ticketId, event } of tickets) untilOfTicket.set(ticketId, endOf(event.startsAt));
    }
  }
  for (const { key, data, at } of seen) {
    const until = isOfOneTicket(key) ? untilOfTicket.get(String(key[1])) : undefined;
    if (until !== undefined) entries.push({ key, data, at, until });
  }
  return entries.filter(({ until }) => until > now);
}

interface EventSeen {
  facts: KeptEvent;
  at: number;
}

/** By their ids; of those that are not in memory what was kept. */
function eventsOf(seen: readonly Seen[], before: readonly KeptEntry[]): Map<string, EventSeen> {
  const events = new Map<string, EventSeen>();
  for (const { key, data, at } of before) {
    if (key[0] === "kept-event") events.set(String(key[1]), { facts: data as KeptEvent, at });
  }
  for (const { key, data, at } of seen) {
    if (key[0] === "event") events.set((data as EventDetails).id, { facts: factsOf(data as EventDetails), at });
  }
  return events;
}

/**
 * What was kept before with what is known now. A booking that is no longer good takes its place away, and a code goes
 * with its ticket.
 */
export function merged(before: readonly KeptEntry[], seen: readonly Seen[], now: number): KeptEntry[] {
  const known = new Set(seen.filter(({ key }) => named.has(key[0])).map(({ key }) => nameOf(key)));
  const byName = new Map<string, KeptEntry>();
  for (const entry of before) if (!known.has(nameOf(entry.key))) byName.set(nameOf(entry.key), entry);
  for (const entry of entriesOf(seen, before, now)) {
    const other = byName.get(nameOf(entry.key));
    if (other === undefined || other.at <= entry.at) byName.set(nameOf(entry.key), entry);
  }
  const entries = [...byName.values()].filter(({ until }) => until > now);
  const codes = codesOf(entries);
  return withinLimit(entries.filter(({ key }) => !isOfOneTicket(key) || isCurrent(key, codes)));
}

/** The list of bookings with those that were opened without it, as from the mail's link or after paying. */
export function completedList(entries: readonly KeptEntry[]): KeptEntry[] {
  const list = entries.find(({ key }) => key[0] === "my-bookings");
  const pages = (list?.data as { pages: { data: MyBooking[] }[] } | undefined)?.pages ?? [];
  const rows = pages.flatMap(({ data }) => data);
  const known = new Set(rows.map(({ booking }) => booking.id));
  const bookings = entries.filter(({ key }) => key[0] === "booking");
  const more = bookings.flatMap(({ data }) => {
    const booking = data as Booking;
    const event = entries.find(({ key }) => key[0] === "kept-event" && key[1] === booking.eventId);
    return known.has(booking.id) || event === undefined ? [] : [rowOf(booking, event.data as KeptEvent)];
  });
  if (more.length === 0) return [...entries];
  const data = [...rows, ...more].toSorted((a, b) => Date.parse(a.event.startsAt) - Date.parse(b.event.startsAt));
  const meta = { page: 1, limit: data.length, total: data.length, totalPages: 1 };
  const entry = {
    key: ["my-bookings"],
    data: { pages: [{ data, meta }], pageParams: [1] },
    at: Math.min(...[list, ...bookings].flatMap((one) => (one === undefined ? [] : [one.at]))),
    until: Math.max(...bookings.map(({ until }) => until)),
  };
  return [...entries.filter((one) => one !== list), entry];
}

function rowOf(booking: Booking, event: KeptEvent): MyBooking {
  const { id, slug, title, startsAt, timeZone, venue, status } = event;
  const cancelled = status === "cancelled";
  return {
    booking,
    // Shown nowhere.
    createdAt: booking.expiresAt,
    event: { id, slug, title, startsAt, timeZone, venue: venue.name, city: venue.city, cancelled },
  };
}

/** The tickets that are shown, with their codes. */
function codesOf(entries: readonly KeptEntry[]): Map<string, string> {
  const codes = new Map<string, string>();
  for (const { key, data } of entries) {
    if (key[0] === "booking") {
      for (const { id, code, valid } of (data as Booking).tickets ?? []) if (valid) codes.set(id, code);
    } else if (key[0] === "received-tickets") {
      for (const { ticketId, code } of data as ReceivedTicket[]) codes.set(ticketId, code);
    }
  }
  return codes;
}

/** A ticket that went away and came back has another code: pictures of the old one are of no use. */
function isCurrent(key: readonly unknown[], codes: ReadonlyMap<string, string>): boolean {
  const code = codes.get(String(key[1]));
  return code !== undefined && (typeof key[2] !== "string" || key[2] === code);
}

/** What ends first is wanted first. */
function withinLimit(entries: readonly KeptEntry[]): KeptEntry[] {
  let letters = 0;
  return entries
    .toSorted((a, b) => a.until - b.until)
    .filter((entry) => {
      letters += JSON.stringify(entry).length;
      return letters <= maxLetters;
    });
}

function listEntry(
  { pages, pageParams }: { pages: { data: MyBooking[] }[]; pageParams: unknown[] },
  now: number,
): Pick<KeptEntry, "data" | "until"> | undefined {
  const kept = pages.map((page) => ({ ...page, data: page.data.filter((one) => isWorthKeeping(one, now)) }));
  const ends = kept.flatMap(({ data }) => data.map(({ event }) => endOf(event.startsAt)));
  return ends.length === 0 ? undefined : { data: { pages: kept, pageParams }, until: Math.max(...ends) };
}

function isWorthKeeping({ booking, event }: MyBooking, now: number): boolean {
  return booking.state === "confirmed" && endOf(event.startsAt) > now;
}

function endOf(startsAt: string): number {
  return Date.parse(startsAt) + afterStartMs;
}

function factsOf(event: EventDetails): KeptEvent {
  const hidden: ReadonlySet<string> = new Set(ofTheSale);
  return Object.fromEntries(Object.entries(event).filter(([name]) => !hidden.has(name))) as KeptEvent;
}

function nameOf(key: readonly unknown[]): string {
  return JSON.stringify(key);
}
