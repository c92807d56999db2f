export type WhichBookings = "upcoming" | "past";

/** What the address of the bookings says: those to come, unless it asks for the past ones. */
export interface BookingsSearch {
  show?: "past";
}

export function readBookingsSearch({ show }: Record<string, unknown>): BookingsSearch {
  return show === "past" ? { show } : {};
}
