import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { problemOf } from "@/api/problem";
import type { BookingItem, EventDetails } from "@/api/types";
import type { SeatNeed } from "@/lib/seating/needs";
import type { TierFilter } from "@/lib/seat-picker";
import { useLocalSeatMap } from "@/i18n/place-names";
import { serverNow } from "@/lib/server-clock";
import { seatMapQuery } from "../api/queries";
import { useHold, type OnHeld } from "../api/use-hold";
import {
  choiceOf,
  countOf,
  emptyChoice,
  keepChoice,
  keptChoice,
  requestOf,
  type Choice,
  type PickedCode,
  type Way,
} from "./choice";
import type { ListedSeat } from "./seat-list";
import { linesOfQuantities, linesOfSeats, orphansOf } from "./selection";
import { suggestNear } from "./suggest";
import { useBestOffer, useBestSeats } from "./use-best-seats";
import { useSeatSelection } from "./use-seat-selection";

/** What the live feed has told. */
export interface Places {
  isKnown: boolean;
  stateOf: (seat: number) => number;
  /** How many seats are in a state. */
  countOf: (state: 0 | 1 | 2 | 3) => number;
  tiers: ReadonlyMap<string, { available: number }>;
}

export interface PickOptions {
  event: EventDetails;
  places: Places;
  /** Places of this event that the buyer has already, held ones included. */
  owned: number;
  hasMap: boolean;
  onHeld: OnHeld;
}

const seatHeld = 1;
/** So long after giving places back, the feed should have told that they are free. */
const givenBackWithinMs = 5000;

export type Picking = ReturnType<typeof usePick>;

/** Choosing places of one event: one choice for all ways of making it, and what can be said about it. */
export function usePick({ event, places, owned, hasMap, onHeld }: PickOptions) {
  const { isKnown, stateOf } = places;
  const most = event.policy.maxTicketsPerBuyer;
  const { hold, callOff, reset, error, isHolding, mayHaveHeld, resumed } = useHold(event.id, (booking, isHere) => {
    keepChoice(event.id, undefined);
    onHeld(booking, isHere);
  });
  const [choice, setChoice] = useState<Choice>(() =>
    resumed === undefined ? (keptChoice(event) ?? emptyChoice(most)) : choiceOf(resumed, most),
  );
  const { seats: selected, quantities, partySize } = choice;
  useEffect(() => {
    keepChoice(event.id, choice);
  }, [event.id, choice]);

  const [filter, setFilter] = useState<TierFilter>();
  const [need, setNeed] = useState<SeatNeed>();
  const [shown, setShown] = useState<readonly ListedSeat[]>();
  const { data: map } = useQuery({ ...seatMapQuery(event), enabled: event.hasSeatMap });
  const seatMap = useLocalSeatMap(map);
  const live = useMemo(
    () => ({
      ...event,
      tiers: event.tiers.map((tier) => ({
        ...tier,
        available: places.tiers.get(tier.id)?.available ?? tier.available,
      })),
    }),
    [event, places.tiers],
  );
  const { index, lost, change } = useSeatSelection({
    seatMap,
    selected,
    onSelected: (seats) => setChoice((now) => ({ ...now, seats })),
    stateOf,
    orphanRule: event.policy.orphanRule,
    isPaused: mayHaveHeld || !isKnown,
  });
  const update = (next: Partial<Choice>): void => {
    reset();
    setChoice((now) => ({ ...now, ...next }));
  };
  const restore = useGivenBack(places, (items) => setChoice((now) => ({ ...now, ...choiceOfItems(items) })));

  const way = choice.way ?? firstWay(event.hasSeatMap, hasMap);
  const available = live.tiers.reduce((sum, tier) => sum + tier.available, 0);
  const limit = Math.max(0, most - owned);
  const count = countOf(choice);
  const isFree = (seat: number): boolean => stateOf(seat) === 0;
  const orphans =
    event.policy.orphanRule && seatMap !== undefined && isKnown ? orphansOf(seatMap, selected, isFree) : [];
  const first = Math.min(...selected);
  const moved =
    seatMap !== undefined && orphans.length > 0
      ? suggestNear(seatMap, { lost: first, size: selected.size, kept: new Set(), isFree, orphanRule: true })
      : undefined;
  const { companionsReleasedAt } = event.policy;
  const isReserved = companionsReleasedAt == null || Date.parse(companionsReleasedAt) > serverNow();
  const best = useBestSeats({ event, seatMap, index, stateOf, selected, quantities, isReserved });
  const offer = useBestOffer({
    seatMap,
    index,
    stateOf,
    isKnown,
    partySize: Math.min(partySize, limit),
    filter,
    need,
    isReserved,
  });

  return {
    event: live,
    seatMap,
    index,
    places,
    way,
    choice,
    owned,
    /** How many the buyer may choose: as many as the event allows, and as there are. */
    limit: Math.min(limit, available),
    count,
    remaining: Math.max(0, Math.min(limit, available) - count),
    available,
    /** Seats that somebody has not paid for yet, and that may come back. */
    hasHeld: available === 0 && places.countOf(seatHeld) > 0,
    lines: [...linesOfSeats(selected, event, seatMap, index), ...linesOfQuantities(quantities, event)].map((line) => ({
      ...line,
      price: choice.code?.tiers.find(({ tierId }) => tierId === line.tierId)?.reduced ?? line.price,
    })),
    /** The code was not taken, and not the places. */
    isCodeRefused: problemOf(error)?.code.includes("code"),
    setCode: (code: PickedCode | undefined) => update({ code }),
    filter,
    setFilter,
    need,
    setNeed,
    isReserved,
    lost,
    orphans: index.seatsOf(orphans),
    /** Seats near by that would leave nobody alone. */
    moved: moved ?? undefined,
    best,
    /** Only while nothing is chosen. */
    offer: count === 0 && lost === undefined ? offer : undefined,
    error,
    isHolding,
    callOff,
    restore,
    /** What is to be seen on the map. */
    shown,
    show: (seats: readonly ListedSeat[]) => {
      setShown(seats);
      setChoice((now) => ({ ...now, way: "map" }));
    },
    setWay: (next: Way) => setChoice((now) => ({ ...now, way: next })),
    setPartySize: (size: number) => setChoice((now) => ({ ...now, partySize: size })),
    setTogether: (together: boolean) => update({ together }),
    setQuantity: (tierId: string, quantity: number) =>
      update({ quantities: new Map(quantities).set(tierId, quantity) }),
    changeSeats: (seats: readonly number[], isChosen: boolean) => {
      reset();
      setShown(undefined);
      change(seats, isChosen);
    },
    /** Other seats instead of all that are chosen by hand. */
    moveTo: (seats: readonly number[]) => update({ seats: new Set(seats) }),
    /** Seats that the house would choose, from now on chosen by hand. */
    takeBest: (tierId: string | undefined, seats: readonly number[]) => {
      const others = new Map(quantities);
      if (tierId !== undefined) others.delete(tierId);
      update({ seats: new Set([...selected, ...seats]), quantities: others });
    },
    hold: () => hold(requestOf(choice, event)),
  };
}

/** The map where there is one; without numbered seats there is only one way. */
function firstWay(isSeated: boolean, hasMap: boolean): Way {
  if (!isSeated) return "quantity";
  return hasMap ? "map" : "list";
}

function choiceOfItems(items: readonly BookingItem[]): Pick<Choice, "seats" | "quantities"> {
  const quantities = new Map<string, number>();
  for (const { tierId, seat } of items) if (seat == null) quantities.set(tierId, (quantities.get(tierId) ?? 0) + 1);
  return { seats: new Set(seatsOf(items)), quantities };
}

function seatsOf(items: readonly BookingItem[]): number[] {
  return items.map(({ seat }) => seat).filter((seat) => seat != null);
}

/** Places that were given back are chosen again as soon as the feed tells that they are free. */
function useGivenBack({ stateOf }: Places, onFree: (items: readonly BookingItem[]) => void) {
  const [awaited, setAwaited] = useState<readonly BookingItem[]>();
  const [overdue, setOverdue] = useState<readonly BookingItem[]>();
  useEffect(() => {
    if (awaited === undefined) return;
    const timer = setTimeout(() => setOverdue(awaited), givenBackWithinMs);
    return () => clearTimeout(timer);
  }, [awaited]);
  if (awaited !== undefined && (overdue === awaited || seatsOf(awaited).every((seat) => stateOf(seat) === 0))) {
    setAwaited(undefined);
    onFree(awaited);
  }
  return setAwaited;
}
