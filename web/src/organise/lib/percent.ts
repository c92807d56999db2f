import { localeOf } from "@/i18n/format";
import type { Language } from "@/i18n/messages";

/** A part of a whole as the language writes it, such as "12.5%". */
export function percentText(share: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: "percent", maximumFractionDigits: 1 }).format(share);
}
