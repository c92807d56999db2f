import { Suspense } from "react";
import type { EventTier, SaleStatus } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { later } from "@/lib/later";
import { SoldWith } from "@/ui/sold-with";
import { AvailabilityBadge } from "./availability-badge";
import styles from "./tier-table.module.css";

const PriceNote = later(() => import("@/ui/later/price-note"));

export function TierTable({ tiers, saleStatus }: { tiers: readonly EventTier[]; saleStatus: SaleStatus }) {
  const { t, format } = useI18n();
  return (
    <ul className={styles.tiers}>
      {tiers.map((tier) => (
        <li key={tier.id}>
          <div>
            <p className={styles.name}>{tier.name}</p>
            {saleStatus === "onSale" || saleStatus === "soldOut" ? (
              <AvailabilityBadge availability={tier} />
            ) : (
              <span className="muted small">{t("tier.places", { count: tier.total })}</span>
            )}
            {tier.needsTierId && (
              <span className="muted small">
                <SoldWith tiers={tiers} of={tier.id} />
              </span>
            )}
            {tier.charges && (
              <Suspense>
                <PriceNote {...tier.charges} />
              </Suspense>
            )}
          </div>
          <span className={`${styles.price} num`}>{priceText(tier.price, t, format)}</span>
        </li>
      ))}
    </ul>
  );
}
