import { useDeferredValue, useMemo, useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { maskOf, mayTake } from "@/lib/seating/needs";
import { layoutOf } from "@/lib/seating/seat-layout";
import { ChevronIcon } from "@/ui/icons";
import { countFree, tiersOf } from "../model/seat-list";
import { QuantityPicker } from "./quantity-picker";
import styles from "./seat-list.module.css";
import { SeatRows } from "./seat-rows";

/** The list way: section, row, then seats that fit the party. Plain buttons, so keyboard and screen reader reach all. */
export function SeatList(props: SeatPickerProps) {
  const { event, seatMap, stateOf, isKnown, filter, need, isReserved } = props;
  const { t } = useI18n();
  const [open, setOpen] = useState<number>();
  // A section may have hundreds of groups: the button answers at once, they follow.
  const shown = useDeferredValue(open);
  const tiers = useMemo(() => seatMap.sections.map(tiersOf), [seatMap]);
  const free = useMemo(() => {
    const layout = layoutOf(seatMap);
    const mask = need && maskOf(layout, need);
    const isForParty = mayTake(layout, need, isReserved);
    const isFree = (seat: number): boolean =>
      filter?.has(layout.tier[seat] as number) !== false &&
      stateOf(seat) === 0 &&
      (mask === undefined ? isForParty(seat) : mask[seat] === 1);
    return seatMap.sections.map((section) => countFree(section, isFree));
  }, [seatMap, stateOf, filter, need, isReserved]);
  const standing = event.tiers.filter(
    ({ id, kind }) => kind === "quantity" && filter?.has(seatMap.tiers.findIndex((tier) => tier.id === id)) !== false,
  );
  return (
    <>
      {!isKnown && (
        <p className="muted" role="status">
          {t("pick.loadingPlaces")}
        </p>
      )}
      <ul className={styles.sections}>
        {seatMap.sections.map((section, index) => {
          if (filter !== undefined && ![...filter].some((tier) => tiers[index]?.has(tier))) return null;
          const count = free[index] ?? 0;
          return (
            <li key={index}>
              <button
                type="button"
                className={styles.section}
                aria-expanded={open === index}
                disabled={count === 0}
                onClick={() => setOpen(open === index ? undefined : index)}
              >
                <ChevronIcon size={18} />
                <span className={styles.sectionName}>{section.name === "" ? seatMap.name : section.name}</span>
                <SectionPrices tiers={tiers[index] ?? new Set()} {...props} />
                {isKnown && (
                  <span className={`${styles.left ?? ""} num`}>
                    {count === 0 ? t("badge.soldOut") : t("tier.left", { count })}
                  </span>
                )}
              </button>
              {open === index && shown === index && <SeatRows section={section} {...props} />}
            </li>
          );
        })}
      </ul>
      {standing.length > 0 && (
        <QuantityPicker
          tiers={standing}
          quantities={props.quantities}
          remaining={props.remaining}
          onChange={props.onQuantity}
        />
      )}
    </>
  );
}

function SectionPrices({ tiers, seatMap, event, filter }: SeatPickerProps & { tiers: ReadonlySet<number> }) {
  const { t, format } = useI18n();
  const prices = [...tiers]
    .filter((tier) => filter?.has(tier) !== false)
    .map((tier) => event.tiers.find(({ id }) => id === seatMap.tiers[tier]?.id)?.price)
    .filter((price) => price !== undefined)
    .sort((a, b) => a.amount - b.amount);
  const lowest = prices[0];
  if (lowest === undefined) return null;
  const price = priceText(lowest, t, format);
  return <span className="num">{prices.length > 1 ? t("price.from", { price }) : price}</span>;
}
