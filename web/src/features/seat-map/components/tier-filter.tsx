import type { SeatPickerProps } from "@/lib/seat-picker";
import { useI18n } from "@/i18n/i18n";
import { tierColour } from "@/ui/tier-colour";
import { useSeatMapMessages } from "../messages";
import styles from "./tier-filter.module.css";

interface TierFilterProps extends Pick<SeatPickerProps, "event" | "seatMap"> {
  /** Free places by index of the map's tiers. */
  free: readonly number[];
  /** Index of the only tier shown. */
  filter: number | undefined;
  onFilter: (tier: number | undefined) => void;
}

/** The prices and their colours; one can be looked at alone. */
export function TierFilter({ event, seatMap, free, filter, onFilter }: TierFilterProps) {
  const t = useSeatMapMessages();
  const { format } = useI18n();
  return (
    <ul className={styles.tiers} aria-label={t("tiers")}>
      {seatMap.tiers.map(({ id, name, colour }, index) => {
        const tier = event.tiers.find((candidate) => candidate.id === id);
        const left = tier?.kind === "quantity" ? tier.available : (free[index] ?? 0);
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
              <span className={`${styles.price ?? ""} num`}>{tier !== undefined && format.money(tier.price)}</span>
              <span className={`${styles.left ?? ""} num`}>
                {left === 0 ? t("soldOut") : t("left", { count: left })}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
