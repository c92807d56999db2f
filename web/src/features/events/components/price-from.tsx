import type { EventSummary } from "@/api/types";
import { useI18n } from "@/i18n/i18n";

export function PriceFrom({ range }: { range: EventSummary["priceRange"] }) {
  const { t, format } = useI18n();
  if (range === undefined || range === null) return null;
  const isOne = range.min.amount === range.max.amount;
  const lowest = range.min.amount === 0 ? t("price.free") : format.money(range.min);
  const from = range.min.amount === 0 ? `${lowest} – ${format.money(range.max)}` : t("price.from", { price: lowest });
  return (
    <span className="num">
      <strong>{isOne ? lowest : from}</strong>
    </span>
  );
}
