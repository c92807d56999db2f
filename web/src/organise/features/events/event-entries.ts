import type { EventChange, OwnEvent } from "../../api/types";
import { fromWall, toWall } from "../../lib/zoned-time";

/** What of an event is typed into forms. */
export interface EventEntries {
  title: string;
  slug: string;
  summary: string;
  description: string;
  category: string;
  venueId: string | undefined;
  seatingPlanId: string | undefined;
  startsAt: string | undefined;
  endsAt: string | undefined;
  doorsAt: string | undefined;
  currency: string;
  onSaleAt: string | undefined;
  offSaleAt: string | undefined;
  holdMinutes: number | undefined;
  maxTicketsPerBuyer: number | undefined;
  oneBookingPerBuyer: boolean;
  orphanRule: boolean;
  cancellableUntil: string | undefined;
  ageLimit: number | undefined;
}

/** Fields that may be empty; the API empties them by name. */
const clearable = ["venueId", "seatingPlanId", "doorsAt", "cancellableUntil", "ageLimit"] as const;

export function entriesOf(event: OwnEvent): EventEntries {
  const { title, slug, summary, description, category, currency, startsAt, endsAt, onSaleAt, offSaleAt } = event;
  const { holdMinutes, maxTicketsPerBuyer, oneBookingPerBuyer, orphanRule } = event;
  return {
    ...{ title, slug, summary, description, category, currency, startsAt, endsAt, onSaleAt, offSaleAt },
    ...{ holdMinutes, maxTicketsPerBuyer, oneBookingPerBuyer, orphanRule },
    venueId: event.venue?.id,
    seatingPlanId: event.seatingPlanId ?? undefined,
    doorsAt: event.doorsAt ?? undefined,
    cancellableUntil: event.cancellableUntil ?? undefined,
    ageLimit: event.ageLimit ?? undefined,
  };
}

/** The request that makes it so. */
export function toChange(changed: Partial<EventEntries>): EventChange {
  const clear = clearable.filter((name) => name in changed && changed[name] === undefined);
  const set = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
  return { ...set, ...(clear.length > 0 && { clear: [...clear] }) };
}

/** A field that must not be empty is: then there is nothing to send yet. */
export function isComplete({ title, startsAt, endsAt, onSaleAt, offSaleAt, ...rest }: EventEntries): boolean {
  return (
    title.trim() !== "" &&
    [startsAt, endsAt, onSaleAt, offSaleAt, rest.holdMinutes, rest.maxTicketsPerBuyer].every(
      (value) => value !== undefined,
    )
  );
}

const times = ["startsAt", "endsAt", "doorsAt", "onSaleAt", "offSaleAt", "cancellableUntil"] as const;

/** In another zone the clocks are to show the same: an evening stays an evening. */
export function inZone(entries: EventEntries, from: string, to: string): Partial<EventEntries> {
  if (from === to) return {};
  return Object.fromEntries(
    times
      .filter((name) => entries[name] !== undefined)
      .map((name) => [name, fromWall(toWall(entries[name], from), to) ?? entries[name]]),
  );
}
