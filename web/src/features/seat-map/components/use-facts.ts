import { useMemo } from "react";
import { useI18n } from "@/i18n/i18n";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { useSeatMapMessages } from "../messages";
import { labelOfSeat, type Plan } from "../model/plan";
import { SeatState } from "../model/seat-states";
import type { SeatMapView, Target } from "../view/seat-map-view";
import type { HoverFacts } from "./hover-card";

interface FactsOptions extends Pick<SeatPickerProps, "event" | "seatMap"> {
  plan: Plan;
  view: SeatMapView | undefined;
  filter: number | undefined;
}

const stateNames = ["stateFree", "stateHeld", "stateSold", "stateBlocked"] as const;

/** What can be said about sections, seats and areas. */
export function useFacts({ event, seatMap, plan, view, filter }: FactsOptions) {
  const t = useSeatMapMessages();
  const { format } = useI18n();
  return useMemo(() => {
    const tierOf = (index: number) => event.tiers.find(({ id }) => id === seatMap.tiers[index]?.id);
    const lowestPrice = (section: number): string => {
      const prices = seatMap.tiers
        .map((_, index) =>
          (view?.states.freeIn(section, index) ?? 0) > 0 && (filter ?? index) === index
            ? tierOf(index)?.price
            : undefined,
        )
        .filter((price) => price !== undefined)
        .sort((a, b) => a.amount - b.amount);
      const [lowest] = prices;
      if (lowest === undefined) return "";
      return prices.length > 1 ? t("from", { price: format.money(lowest) }) : format.money(lowest);
    };
    const ofSeat = (seat: number, selected: ReadonlySet<number>, party: number): HoverFacts => {
      const tier = tierOf(plan.tier[seat] ?? -1);
      const state = view?.states.states[seat] ?? SeatState.blocked;
      const isFree = state === SeatState.available;
      const price = tier === undefined ? "" : `${tier.name} · ${format.money(tier.price)}`;
      return {
        title: labelOfSeat(plan, seat),
        detail: isFree ? price : t(stateNames[state as 0 | 1 | 2 | 3]),
        note: selected.has(seat) ? t("takesAway") : party > 0 ? t("choosesParty", { count: party }) : "",
        colour: isFree ? tier?.colour : undefined,
      };
    };
    return {
      captionOfSection: (section: number): string =>
        (view?.states.freeIn(section, filter) ?? 0) === 0 ? t("soldOut") : lowestPrice(section),
      of: (target: NonNullable<Target>, selected: ReadonlySet<number>, party: number): HoverFacts => {
        if (target.kind === "seat") return ofSeat(target.seat, selected, party);
        if (target.kind === "standing") {
          const tier = tierOf(target.tier);
          return {
            title: tier?.name ?? "",
            detail: tier === undefined ? "" : `${format.money(tier.price)} · ${t("left", { count: tier.available })}`,
            note: t("standing"),
            colour: tier?.colour,
          };
        }
        const count = view?.states.freeIn(target.section, filter) ?? 0;
        return {
          title: plan.sections[target.section]?.name ?? "",
          detail: count === 0 ? t("soldOut") : `${lowestPrice(target.section)} · ${t("free", { count })}`,
          note: count === 0 ? "" : t("look"),
          colour: undefined,
        };
      },
    };
  }, [event, seatMap, plan, view, filter, t, format]);
}
