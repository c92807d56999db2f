import type { EventDetails, SeatMap } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { tierColour } from "@/ui/tier-colour";
import styles from "./price-filter.module.css";

interface PriceFilterProps {
  event: EventDetails;
  seatMap: SeatMap;
  /** Index of the only tier that is looked at. */
  filter: number | undefined;
  onFilter: (tier: number | undefined) => void;
}

/** The prices and their colours; one can be looked at alone, on the map and in the list. */
export function PriceFilter({ event, seatMap, filter, onFilter }: PriceFilterProps) {
  const { t, format } = useI18n();
  return (
    <ul className={styles.tiers} aria-label={t("pick.onePrice")}>
      {seatMap.tiers.map(({ id, name, colour }, index) => {
        const tier = event.tiers.find((candidate) => candidate.id === id);
        if (tier === undefined) return null;
        return (
          <li key={id}>
            <button
              type="button"
              aria-pressed={filter === index}
              data-dimmed={filter !== undefined && filter !== index}
              onClick={() => onFilter(filter === index ? undefined : index)}
            >
              <span className={styles.swatch} style={{ backgroundColor: tierColour(colour) }} aria-hidden="true" />
              <span className={styles.name}>{name}</span>
              <span className={`${styles.price ?? ""} num`}>
                {tier.price.amount === 0 ? t("price.free") : format.money(tier.price)}
              </span>
              <span className={`${styles.left ?? ""} num`}>
                {tier.available === 0 ? t("badge.soldOut") : t("tier.left", { count: tier.available })}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
