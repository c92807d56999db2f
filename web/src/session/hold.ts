import { ExternalStore } from "@/lib/external-store";
import { local, readStored, writeStored } from "@/lib/storage";

/** Places that are held for the buyer now: in every tab, over reloads. The server's booking stays the truth. */
export interface ActiveHold {
  eventId: string;
  bookingId: string;
  slug: string;
  title: string;
  expiresAt: string;
  /** How often the buyer can have more time; left out by older versions of the app. */
  extensionsLeft?: number | undefined;
}

const slot = "onsale.holds";
/** More than anybody holds at once; what is stored is a list that somebody could have lengthened. */
const maxHolds = 20;

/** What an older version of the app, or somebody's hand, has left there may be anything. */
function readHolds(): readonly ActiveHold[] {
  const stored = readStored<unknown>(local, slot);
  return Array.isArray(stored) ? inOrder(stored.filter(isHold)) : [];
}

function isHold(value: unknown): value is ActiveHold {
  if (typeof value !== "object" || value === null) return false;
  const { eventId, bookingId, slug, title, expiresAt, extensionsLeft } = value as Partial<ActiveHold>;
  const isWhole = [eventId, bookingId, slug, title, expiresAt].every((member) => typeof member === "string");
  const isCount = extensionsLeft === undefined || typeof extensionsLeft === "number";
  return isWhole && isCount && !Number.isNaN(Date.parse(expiresAt ?? ""));
}

/** The one that ends first comes first. */
function inOrder(holds: readonly ActiveHold[]): readonly ActiveHold[] {
  return holds.toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt)).slice(0, maxHolds);
}

export const activeHolds = new ExternalStore<readonly ActiveHold[]>(readHolds());

if (typeof addEventListener === "function") {
  addEventListener("storage", ({ key }) => {
    if (key === slot) activeHolds.set(readHolds());
  });
}

function keep(holds: readonly ActiveHold[]): void {
  writeStored(local, slot, holds.length === 0 ? undefined : holds);
  activeHolds.set(holds);
}

export function rememberHold(hold: ActiveHold): void {
  keep(inOrder([...activeHolds.get().filter(({ bookingId }) => bookingId !== hold.bookingId), hold]));
}

/** The buyer has gone from this browser: what they hold is not for the next to see. */
export function forgetAllHolds(): void {
  keep([]);
}

export function forgetHold(bookingId: string): void {
  if (isHeld(bookingId)) keep(activeHolds.get().filter((hold) => hold.bookingId !== bookingId));
}

export function isHeld(bookingId: string): boolean {
  return activeHolds.get().some((hold) => hold.bookingId === bookingId);
}
