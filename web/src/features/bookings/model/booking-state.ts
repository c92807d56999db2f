import type { Booking, MyBooking } from "@/api/types";
import type { MessageKey } from "@/i18n/messages";

export const stateNames: Record<Booking["state"], MessageKey> = {
  held: "state.held",
  paying: "state.paying",
  confirmed: "state.confirmed",
  released: "state.released",
  expired: "state.expired",
  cancelled: "state.cancelled",
};

/** Holds that came to nothing are no bookings to anybody but the system. */
export function isShown({ booking }: MyBooking): boolean {
  return booking.state !== "released" && booking.state !== "expired";
}

/** Whether the booking has its places. */
export function isClaim(state: Booking["state"]): boolean {
  return state === "held" || state === "paying" || state === "confirmed";
}

const eventLastsMs = 6 * 60 * 60 * 1000;

/**
 * Until some hours after its start an event is not past: people still look for their ticket at the door. A booking that
 * was cancelled leads nowhere any more.
 */
export function isUpcoming({ booking, event }: MyBooking, nowMs: number): boolean {
  return booking.state !== "cancelled" && Date.parse(event.startsAt) + eventLastsMs > nowMs;
}

export function canCancel(state: Booking["state"], cancellableUntil: string | undefined, nowMs: number): boolean {
  return state === "confirmed" && cancellableUntil !== undefined && Date.parse(cancellableUntil) > nowMs;
}
