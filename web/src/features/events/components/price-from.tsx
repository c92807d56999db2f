import type { EventSummary } from "@/api/types";
import { useI18n } from "@/i18n/i18n";

export function PriceFrom({ range }: { range: EventSummary["priceRange"] }) {
  const { t, format } = useI18n();
  if (range === undefined || range === null) return null;
  const isOne = range.min.amount === range.max.amount;
  const text = isOne && range.min.amount === 0 ? t("price.free") : format.money(range.min);
  return (
    <span className="num">
      <strong>{isOne ? text : t("price.from", { price: format.money(range.min) })}</strong>
    </span>
  );
}
