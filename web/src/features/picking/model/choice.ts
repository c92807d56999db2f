import type { CodeAnswer, EventDetails, HoldRequest } from "@/api/types";
import { perTab, readStored, writeStored } from "@/lib/storage";

export type PickedCode = Pick<CodeAnswer, "code" | "tiers">;
export type Way = "list" | "map" | "quantity";

/** Everything chosen of one event, whatever way it was chosen. It becomes one booking. */
export interface Choice {
  /** By hand, on the map or in the list. */
  seats: ReadonlySet<number>;
  /** By tier: places without numbers, and seats that the house chooses. */
  quantities: ReadonlyMap<string, number>;
  /** Whether seats that the house chooses must be side by side. */
  together: boolean;
  partySize: number;
  way: Way | undefined;
  /** A code of the organiser's, to be held with, and what it does. */
  code?: PickedCode | undefined;
}

export const usualParty = 2;

export function emptyChoice(maxTickets: number): Choice {
  return {
    seats: new Set(),
    quantities: new Map(),
    together: true,
    partySize: Math.min(usualParty, maxTickets),
    way: undefined,
  };
}

export function countOf({ seats, quantities }: Pick<Choice, "seats" | "quantities">): number {
  return [...quantities.values()].reduce((sum, quantity) => sum + quantity, seats.size);
}

/**
 * The choice as one request. Of one tier with numbers the best seats may be insisted on being side by side; of several,
 * the house does what it can.
 */
export function requestOf(choice: Choice, event: EventDetails): HoldRequest {
  const lines = [...choice.quantities].filter(([, quantity]) => quantity > 0);
  const isSeated = (tierId: string): boolean => event.tiers.find(({ id }) => id === tierId)?.kind === "seated";
  const [best, ...others] = lines.filter(([tierId]) => isSeated(tierId));
  const hasOneBest = best !== undefined && others.length === 0;
  const tickets = lines
    .filter((line) => !hasOneBest || line !== best)
    .map(([tierId, quantity]) => ({ tierId, quantity }));
  return {
    ...(choice.seats.size > 0 ? { seats: [...choice.seats].sort((a, b) => a - b) } : {}),
    ...(tickets.length > 0 ? { tickets } : {}),
    ...(hasOneBest ? { bestAvailable: { tierId: best[0], quantity: best[1], together: choice.together } } : {}),
    ...(choice.code && { code: choice.code.code }),
  };
}

/** What a request asked for, as a choice. */
export function choiceOf(request: HoldRequest, maxTickets: number): Choice {
  const { seats, tickets, bestAvailable, code } = request;
  const quantities = new Map(tickets?.map(({ tierId, quantity }) => [tierId, quantity]));
  if (bestAvailable != null) quantities.set(bestAvailable.tierId, bestAvailable.quantity);
  return {
    ...emptyChoice(maxTickets),
    seats: new Set(seats),
    quantities,
    together: bestAvailable?.together ?? true,
    way: seats == null ? "quantity" : undefined,
    code: code == null ? undefined : { code, tiers: [] },
  };
}

interface KeptChoice {
  seats: number[];
  quantities: [string, number][];
  together: boolean;
  partySize: number;
  way: Way | undefined;
  code?: PickedCode | undefined;
}

const slotOf = (eventId: string): string => `onsale.choice.${eventId}`;

/** Kept in this tab over a reload and the way back; another tab is another choice. */
export function keepChoice(eventId: string, choice: Choice | undefined): void {
  const kept: KeptChoice | undefined = choice && {
    ...choice,
    seats: [...choice.seats],
    quantities: [...choice.quantities],
  };
  writeStored(perTab, slotOf(eventId), kept);
}

/** The choice that was kept, as far as the event still has what it names. */
export function keptChoice(event: EventDetails): Choice | undefined {
  const kept = readStored<KeptChoice>(perTab, slotOf(event.id));
  if (kept === undefined || !Array.isArray(kept.seats) || !Array.isArray(kept.quantities)) return undefined;
  const places = new Map(event.tiers.map(({ id, total }) => [id, total]));
  return {
    seats: new Set(event.hasSeatMap ? kept.seats : []),
    quantities: new Map(
      kept.quantities.flatMap(([tierId, quantity]) => {
        const most = Math.min(quantity, places.get(tierId) ?? 0);
        return most > 0 ? [[tierId, most] as const] : [];
      }),
    ),
    together: kept.together,
    partySize: Math.max(1, Math.min(kept.partySize, event.policy.maxTicketsPerBuyer)),
    way: kept.way,
    code: kept.code,
  };
}
