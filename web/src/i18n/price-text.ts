import type { Money } from "@/api/types";
import type { Format } from "./format";
import type { Translate } from "./i18n";

/** What something costs, in a word where it costs nothing: the same on every page. */
export function priceText(price: Money, t: Translate, format: Format): string {
  return price.amount === 0 ? t("price.free") : format.money(price);
}
