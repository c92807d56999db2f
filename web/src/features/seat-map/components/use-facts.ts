import { useMemo } from "react";
import { useI18n } from "@/i18n/i18n";
import type { TierFilter } from "@/lib/seat-picker";
import { useSeatNames } from "@/i18n/seat-names";
import { seatNotes } from "@/i18n/seat-notes";
import { layoutOf } from "@/lib/seating/seat-layout";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { useSeatMapMessages } from "../messages";
import { partsOfSeat, type Plan } from "../model/plan";
import { SeatState } from "../model/seat-states";
import type { SeatMapView, Target } from "../view/seat-map-view";
import type { CardFacts } from "./facts-card";

interface FactsOptions extends Pick<SeatPickerProps, "event" | "seatMap"> {
  plan: Plan;
  view: SeatMapView | undefined;
  filter: TierFilter;
}

const stateNames = ["stateFree", "stateHeld", "stateSold", "stateBlocked"] as const;

/** What can be said about sections, seats and areas. */
export function useFacts({ event, seatMap, plan, view, filter }: FactsOptions) {
  const t = useSeatMapMessages();
  const { t: common, format } = useI18n();
  const names = useSeatNames();
  return useMemo(() => {
    const tierOf = (index: number) => event.tiers.find(({ id }) => id === seatMap.tiers[index]?.id);
    const priceOf = (price: Parameters<typeof format.money>[0]): string =>
      price.amount === 0 ? common("price.free") : format.money(price);
    const lowestPrice = (section: number): string => {
      const prices = seatMap.tiers
        .map((_, index) =>
          (view?.states.freeOf(section, index) ?? 0) > 0 && filter?.has(index) !== false
            ? tierOf(index)?.price
            : undefined,
        )
        .filter((price) => price !== undefined)
        .sort((a, b) => a.amount - b.amount);
      const [lowest] = prices;
      if (lowest === undefined) return "";
      return prices.length > 1 ? t("from", { price: priceOf(lowest) }) : priceOf(lowest);
    };
    const { attributes } = layoutOf(seatMap);
    const bitsOf = (seat: number): number => attributes?.[seat] ?? 0;
    const nameOf = (seat: number): string => names.seat(partsOfSeat(plan, seat));
    const ofSeats = (seat: number, party: readonly number[], note: string): CardFacts => {
      const tier = tierOf(plan.tier[seat] ?? -1);
      const state = view?.states.states[seat] ?? SeatState.unknown;
      const isFree = state === SeatState.available;
      const price = tier === undefined ? "" : `${tier.name} · ${priceOf(tier.price)}`;
      const each = party.length > 1 ? common("list.each", { price }) : price;
      return {
        title: names.seats((party.length > 0 ? party : [seat]).map((one) => partsOfSeat(plan, one))),
        detail: isFree ? each : state === SeatState.unknown ? "" : t(stateNames[state as 0 | 1 | 2 | 3]),
        note: [
          ...seatNotes(
            (party.length > 0 ? party : [seat]).reduce((bits, one) => bits | bitsOf(one), 0),
            common,
          ),
          ...(note === "" ? [] : [note]),
        ].join(" · "),
        colour: isFree ? tier?.colour : undefined,
      };
    };
    return {
      nameOf,
      captionOfSection: (section: number): string => {
        if (view?.states.isKnown !== true) return "";
        return view.states.freeIn(section, filter) === 0 ? t("soldOut") : lowestPrice(section);
      },
      /** For a finger: all that one press would choose. */
      ofParty: (seat: number, party: readonly number[]): CardFacts => ofSeats(seat, party, ""),
      ofStanding: (index: number): CardFacts => {
        const tier = tierOf(index);
        const left =
          tier === undefined ? "" : tier.available === 0 ? t("soldOut") : t("left", { count: tier.available });
        return {
          title: tier?.name ?? "",
          detail: tier === undefined ? "" : `${priceOf(tier.price)} · ${left}`,
          note: t("standing"),
          colour: tier?.colour,
        };
      },
      /** For a mouse: the one thing under it, and what a click does. */
      of(target: NonNullable<Target>, selected: ReadonlySet<number>, party: number): CardFacts {
        if (target.kind === "seat") {
          const chooses = party > 0 ? t("choosesParty", { count: party }) : "";
          return ofSeats(target.seat, [], selected.has(target.seat) ? t("takesAway") : chooses);
        }
        if (target.kind === "standing") return this.ofStanding(target.tier);
        const count = view?.states.freeIn(target.section, filter) ?? 0;
        const isKnown = view?.states.isKnown === true;
        return {
          title: plan.sections[target.section]?.name ?? "",
          detail: !isKnown
            ? ""
            : count === 0
              ? t("soldOut")
              : `${lowestPrice(target.section)} · ${t("free", { count })}`,
          note: isKnown && count === 0 ? "" : t("look"),
          colour: undefined,
        };
      },
    };
  }, [event, seatMap, plan, view, filter, t, common, format, names]);
}

export type Facts = ReturnType<typeof useFacts>;
