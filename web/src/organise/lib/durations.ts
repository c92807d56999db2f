import { localeOf } from "@/i18n/format";
import type { Language } from "@/i18n/messages";

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A span of time in its largest unit that it fills, with a decimal where that says more: 90 seconds are "1.5 min". */
export function durationText(seconds: number, language: Language): string {
  const [unit, length] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
  return new Intl.NumberFormat(localeOf(language), {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(seconds / length);
}
