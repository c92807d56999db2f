import { useDeferredValue, useMemo, useState } from "react";
import type { SeatMap } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { ChevronIcon } from "@/ui/icons";
import { countFree } from "../model/seat-list";
import styles from "./seat-list.module.css";
import { SeatRows } from "./seat-rows";

/** The list way: section, row, then seats that fit the party. Plain buttons, so keyboard and screen reader reach all. */
export function SeatList(props: SeatPickerProps) {
  const { seatMap, stateOf, revision } = props;
  const { t } = useI18n();
  const [open, setOpen] = useState<number>();
  // A section may have hundreds of groups: the button answers at once, they follow.
  const shown = useDeferredValue(open);
  const free = useMemo(
    () => seatMap.sections.map((section) => countFree(section, (seat) => stateOf(seat) === 0)),
    // The states are read from outside; their revision says when they changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [seatMap, stateOf, revision],
  );
  return (
    <ul className={styles.sections}>
      {seatMap.sections.map((section, index) => (
        <li key={index}>
          <button
            type="button"
            className={styles.section}
            aria-expanded={open === index}
            disabled={free[index] === 0}
            onClick={() => setOpen(open === index ? undefined : index)}
          >
            <ChevronIcon size={18} />
            <span className={styles.sectionName}>{section.name === "" ? seatMap.name : section.name}</span>
            <SectionPrices section={section} {...props} />
            <span className="muted">
              {free[index] === 0 ? t("badge.soldOut") : t("tier.left", { count: free[index] ?? 0 })}
            </span>
          </button>
          {open === index && shown === index && <SeatRows section={section} {...props} />}
        </li>
      ))}
    </ul>
  );
}

type Section = SeatMap["sections"][number];

function SectionPrices({ section, seatMap, event }: SeatPickerProps & { section: Section }) {
  const { t, format } = useI18n();
  const tiers = new Set(section.rows.flatMap((row) => row.tiers ?? [row.tier ?? 0]));
  const prices = [...tiers]
    .map((tier) => event.tiers.find(({ id }) => id === seatMap.tiers[tier]?.id)?.price)
    .filter((price) => price !== undefined)
    .sort((a, b) => a.amount - b.amount);
  const lowest = prices[0];
  if (lowest === undefined) return null;
  return (
    <span className="num">
      {prices.length > 1 ? t("price.from", { price: format.money(lowest) }) : format.money(lowest)}
    </span>
  );
}
