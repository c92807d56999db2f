import { ProblemError } from "@/api/problem";
import type { FollowedVenue } from "@/api/types";
import { ExternalStore } from "@/lib/external-store";
import { local, readStored, writeStored } from "@/lib/storage";
import { session } from "@/session/session";
import { getFavourites, mergeFavourites, putFavourite, putFollowed } from "../api/favourites";

export interface Favourites {
  /** Ids, the latest first. */
  events: readonly string[];
  venues: readonly FollowedVenue[];
  /** Whether these are all: an account's come with an answer of the server. */
  isKnown: boolean;
}

export type MarkOutcome = "done" | "tooMany" | "failed";

const key = "onsale.favourites";
// As the server has them for accounts.
const maxEvents = 100;
const maxVenues = 50;

export const favourites = new ExternalStore<Favourites>({ events: [], venues: [], isKnown: false });

/** Whose they are: an account's id, nobody's (this browser's), or not known yet. */
let owner: string | null | undefined;

function ownerNow(): string | null | undefined {
  const current = session.get();
  if (current.status === "restoring") return undefined;
  return current.status === "signedIn" && current.user.kind === "account" ? current.user.id : null;
}

/** What this browser keeps; anything may have been written there. */
function readKept(): Favourites {
  const raw = readStored<Partial<Record<"events" | "venues", unknown>>>(local, key);
  const events = Array.isArray(raw?.events) ? raw.events.filter(isId) : [];
  const venues = Array.isArray(raw?.venues) ? raw.venues.filter(isVenue) : [];
  return { events: events.slice(0, maxEvents), venues: venues.slice(0, maxVenues), isKnown: true };
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);
}

function isVenue(value: unknown): value is FollowedVenue {
  if (typeof value !== "object" || value === null) return false;
  const { slug, name, city } = value as Partial<FollowedVenue>;
  return typeof slug === "string" && typeof name === "string" && typeof city === "string";
}

function keep({ events, venues }: Favourites): void {
  writeStored(local, key, events.length + venues.length === 0 ? undefined : { events, venues });
}

/** Shows whose turn it is: this browser's marks, or the account's with what the browser kept added to them. */
async function follow(): Promise<void> {
  const next = ownerNow();
  if (next === owner) return;
  owner = next;
  const kept = readKept();
  if (typeof next !== "string") {
    favourites.set({ ...kept, isKnown: next === null });
    return;
  }
  favourites.set({ ...kept, isKnown: false });
  const hasKept = kept.events.length + kept.venues.length > 0;
  try {
    const { eventIds, venues } = await (hasKept ? mergeFavourites(kept.events, kept.venues) : getFavourites());
    if (owner !== next) return;
    if (hasKept) writeStored(local, key, undefined);
    favourites.set({ events: eventIds, venues, isKnown: true });
  } catch {
    // What the browser kept stays there, and goes to the account another time.
  }
}

/** Begins to follow who is signed in, and what other tabs keep. */
export function startFavourites(): void {
  void follow();
  session.subscribe(() => void follow());
  addEventListener("storage", (event) => {
    if (event.key === key && owner === null) favourites.set(readKept());
  });
}

export function markEvent(id: string, isMarked: boolean): Promise<MarkOutcome> {
  const change = (before: Favourites, marked: boolean): Favourites => {
    const others = before.events.filter((other) => other !== id);
    return { ...before, events: marked ? [id, ...others] : others };
  };
  if (isMarked && favourites.get().events.length >= maxEvents) return Promise.resolve("tooMany");
  return mark(change, isMarked, () => putFavourite(id, isMarked));
}

export function followVenue(venue: FollowedVenue, isMarked: boolean): Promise<MarkOutcome> {
  const change = (before: Favourites, marked: boolean): Favourites => {
    const others = before.venues.filter(({ slug }) => slug !== venue.slug);
    return { ...before, venues: marked ? [venue, ...others] : others };
  };
  if (isMarked && favourites.get().venues.length >= maxVenues) return Promise.resolve("tooMany");
  return mark(change, isMarked, () => putFollowed(venue.slug, isMarked));
}

/** Seen at once; taken back when the server refuses. */
async function mark(
  change: (before: Favourites, isMarked: boolean) => Favourites,
  isMarked: boolean,
  send: () => Promise<void>,
): Promise<MarkOutcome> {
  favourites.set(change(favourites.get(), isMarked));
  if (typeof owner !== "string") {
    keep(favourites.get());
    return "done";
  }
  try {
    await send();
    return "done";
  } catch (error) {
    favourites.set(change(favourites.get(), !isMarked));
    return error instanceof ProblemError && error.code === "too-many-favourites" ? "tooMany" : "failed";
  }
}
