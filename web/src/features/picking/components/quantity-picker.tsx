import type { EventTier } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { SoldWith } from "@/ui/sold-with";
import { Stepper } from "@/ui/stepper";
import { tierColour } from "@/ui/tier-colour";
import styles from "./quantity-picker.module.css";

interface QuantityPickerProps {
  tiers: readonly EventTier[];
  quantities: ReadonlyMap<string, number>;
  /** How many more places can be chosen, of all tiers together. */
  remaining: number;
  onChange: (tierId: string, quantity: number) => void;
}

/** So many of each tier; together no more than one buyer may have. */
export function QuantityPicker({ tiers, quantities, remaining, onChange }: QuantityPickerProps) {
  const { t, format } = useI18n();
  return (
    <ul className={styles.tiers}>
      {tiers.map((tier) => {
        const quantity = quantities.get(tier.id) ?? 0;
        const max = Math.max(0, Math.min(tier.available, quantity + remaining));
        return (
          <li key={tier.id} data-chosen={quantity > 0}>
            <span className={styles.colour} style={{ backgroundColor: tierColour(tier.colour) }} aria-hidden="true" />
            <div className={styles.text}>
              <h2>{tier.name}</h2>
              <p className="muted">
                {priceText(tier.price, t, format)}
                {" · "}
                {tier.available === 0 ? t("badge.soldOut") : t("tier.left", { count: tier.available })}
              </p>
              {tier.needsTierId && (
                <p className="muted small">
                  <SoldWith tiers={tiers} of={tier.id} />
                </p>
              )}
            </div>
            <Stepper
              label={tier.name}
              value={quantity}
              max={max}
              fewer={t("pick.fewer", { tier: tier.name })}
              more={t("pick.more", { tier: tier.name })}
              onChange={(value) => onChange(tier.id, value)}
            />
          </li>
        );
      })}
    </ul>
  );
}
