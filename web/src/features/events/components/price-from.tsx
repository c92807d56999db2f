import type { EventSummary } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";

export function PriceFrom({ range }: { range: EventSummary["priceRange"] }) {
  const { t, format } = useI18n();
  if (range === undefined || range === null) return null;
  const isOne = range.min.amount === range.max.amount;
  const lowest = priceText(range.min, t, format);
  const from = range.min.amount === 0 ? `${lowest} – ${format.money(range.max)}` : t("price.from", { price: lowest });
  return (
    <span className="num">
      <strong>{isOne ? lowest : from}</strong>
    </span>
  );
}
