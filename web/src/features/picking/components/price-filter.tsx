import type { EventDetails, SeatMap } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import type { TierFilter } from "@/lib/seat-picker";
import { PriceRange } from "@/ui/price-range";
import { tierColour } from "@/ui/tier-colour";
import styles from "./price-filter.module.css";

interface PriceFilterProps {
  event: EventDetails;
  seatMap: SeatMap;
  filter: TierFilter;
  onFilter: (tiers: TierFilter) => void;
}

/** The prices and their colours; one, or a range of them, can be looked at alone: on the map, in the list, of the best. */
export function PriceFilter({ event, seatMap, filter, onFilter }: PriceFilterProps) {
  const { t, format } = useI18n();
  const isOnly = (index: number): boolean => filter?.size === 1 && filter.has(index);
  return (
    <ul className={styles.tiers} aria-label={t("pick.onePrice")}>
      {seatMap.tiers.map(({ id, name, colour }, index) => {
        const tier = event.tiers.find((candidate) => candidate.id === id);
        if (tier === undefined) return null;
        return (
          <li key={id}>
            <button
              type="button"
              aria-pressed={isOnly(index)}
              data-dimmed={filter?.has(index) === false}
              onClick={() => onFilter(isOnly(index) ? undefined : new Set([index]))}
            >
              <span className={styles.swatch} style={{ backgroundColor: tierColour(colour) }} aria-hidden="true" />
              <span className={styles.name}>{name}</span>
              <span className={`${styles.price ?? ""} num`}>{priceText(tier.price, t, format)}</span>
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

/** Worth a control of its own from so many prices on: one of two is a chip. */
const pricesOfRange = 3;

/** The same by what places cost: from one price to another. */
export function PickRange({ event, seatMap, filter, onFilter }: PriceFilterProps) {
  const { t } = useI18n();
  const prices = seatMap.tiers.map(({ id }) => event.tiers.find((tier) => tier.id === id)?.price);
  const amounts = [...new Set(prices.flatMap((price) => (price === undefined ? [] : [price.amount])))].sort(
    (a, b) => a - b,
  );
  if (amounts.length < pricesOfRange) return null;
  const last = amounts.length - 1;
  const looked = prices.flatMap((price, index) =>
    price !== undefined && filter?.has(index) !== false ? [amounts.indexOf(price.amount)] : [],
  );
  return (
    <div className={styles.range}>
      <PriceRange
        label={t("events.price")}
        stops={amounts.map((amount) => ({ amount, currency: event.currency }))}
        value={[Math.min(...looked, last), Math.max(...looked, 0)]}
        onChange={([from, to]) => {
          const [least, most] = [amounts[from] ?? 0, amounts[to] ?? 0];
          const within = prices.flatMap((price, index) =>
            price !== undefined && price.amount >= least && price.amount <= most ? [index] : [],
          );
          onFilter(from === 0 && to === last ? undefined : new Set(within));
        }}
      />
    </div>
  );
}
