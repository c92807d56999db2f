import type { SeatPickerProps } from "@/lib/seat-picker";
import { useI18n } from "@/i18n/i18n";
import { Stepper } from "@/ui/stepper";
import { useSeatMapMessages } from "../messages";
import type { Point, Size } from "../model/camera";
import { FactsCard } from "./facts-card";
import styles from "./facts-card.module.css";
import type { Facts } from "./use-facts";

export interface Pressed {
  target: { kind: "seat"; seat: number } | { kind: "standing"; tier: number };
  at: Point;
}

interface PressCardProps {
  pressed: Pressed;
  picker: SeatPickerProps;
  facts: Facts;
  /** What a second press would choose; empty: it takes a chosen seat away. */
  party: readonly number[];
  within: Size;
  onTake: (seat: number) => void;
}

/** What was pressed, with what can be done about it: seats are named before they are taken, standing places counted. */
export function PressCard({ pressed: { target, at }, picker, facts, party, within, onTake }: PressCardProps) {
  const t = useSeatMapMessages();
  const { t: common } = useI18n();
  if (target.kind === "seat") {
    const isChosen = picker.selected.has(target.seat);
    return (
      <FactsCard facts={facts.ofParty(target.seat, party)} at={at} within={within} isTouch>
        <button type="button" className={styles.press} onClick={() => onTake(target.seat)}>
          {isChosen ? t("takesAway") : t("choosesParty", { count: party.length })}
        </button>
      </FactsCard>
    );
  }
  const tier = picker.event.tiers.find(({ id }) => id === picker.seatMap.tiers[target.tier]?.id);
  if (tier === undefined) return null;
  const quantity = picker.quantities.get(tier.id) ?? 0;
  return (
    <FactsCard facts={facts.ofStanding(target.tier)} at={at} within={within} isTouch>
      <div className={styles.steps}>
        <Stepper
          label={tier.name}
          value={quantity}
          max={Math.min(tier.available, quantity + picker.remaining)}
          fewer={common("pick.fewer", { tier: tier.name })}
          more={common("pick.more", { tier: tier.name })}
          onChange={(value) => picker.onQuantity(tier.id, value)}
        />
      </div>
    </FactsCard>
  );
}
