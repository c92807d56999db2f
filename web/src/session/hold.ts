import { ExternalStore } from "@/lib/external-store";
import { local, readStored, writeStored } from "@/lib/storage";

/** The places that are kept for the buyer now: in every tab, over reloads. The server's booking stays the truth. */
export interface ActiveHold {
  eventId: string;
  bookingId: string;
  slug: string;
  title: string;
  expiresAt: string;
}

const slot = "onsale.hold";

/** What an older version of the app, or somebody's hand, has left there may be anything. */
function readHold(): ActiveHold | undefined {
  const stored = readStored<Partial<ActiveHold>>(local, slot);
  const { eventId, bookingId, slug, title, expiresAt } = stored ?? {};
  const isWhole = [eventId, bookingId, slug, title, expiresAt].every((value) => typeof value === "string");
  return isWhole && !Number.isNaN(Date.parse(expiresAt ?? "")) ? (stored as ActiveHold) : undefined;
}

export const activeHold = new ExternalStore<ActiveHold | undefined>(readHold());

if (typeof addEventListener === "function") {
  addEventListener("storage", ({ key }) => {
    if (key === slot) activeHold.set(readHold());
  });
}

export function rememberHold(hold: ActiveHold): void {
  writeStored(local, slot, hold);
  activeHold.set(hold);
}

/** Whoever held something is gone from this browser: it is nobody else's business. */
export function forgetAnyHold(): void {
  writeStored(local, slot, undefined);
  activeHold.set(undefined);
}

export function forgetHold(bookingId: string): void {
  if (activeHold.get()?.bookingId !== bookingId) return;
  writeStored(local, slot, undefined);
  activeHold.set(undefined);
}
