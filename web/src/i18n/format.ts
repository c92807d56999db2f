import type { Money } from "@/api/types";
import type { Language } from "./messages";

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  cache.set(key, made);
  return made;
}

/** Dates and money as a language writes them; event times always in the event's own time zone. */
export function makeFormat(language: Language) {
  const date = (instant: string | number, options: Intl.DateTimeFormatOptions) =>
    cached(`d${language}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(language, options)).format(
      new Date(instant),
    );
  return {
    money({ amount, currency }: Money): string {
      const format = cached(
        `m${language}${currency}`,
        () =>
          new Intl.NumberFormat(language, {
            style: "currency",
            currency,
            trailingZeroDisplay: "stripIfInteger",
          }),
      ) as Intl.NumberFormat;
      const value = amount / 10 ** minorDigits(currency);
      if (language !== "ar") return format.format(value);
      // Written from right to left, the letters of "US$" would come apart from its sign: it is set on its own.
      const parts = format.formatToParts(value);
      return parts.map((part) => (part.type === "currency" ? `\u2066${part.value}\u2069` : part.value)).join("");
    },
    number(value: number): string {
      return cached(`n${language}`, () => new Intl.NumberFormat(language)).format(value);
    },
    day(instant: string, timeZone: string): string {
      return date(instant, { timeZone, weekday: "short", day: "numeric", month: "short" });
    },
    longDay(instant: string, timeZone: string): string {
      return date(instant, { timeZone, weekday: "long", day: "numeric", month: "long", year: "numeric" });
    },
    time(instant: string, timeZone: string): string {
      return date(instant, { timeZone, hour: "numeric", minute: "2-digit" });
    },
    timeWithZone(instant: string, timeZone: string): string {
      return date(instant, { timeZone, hour: "numeric", minute: "2-digit", timeZoneName: "short" });
    },
    moment(instant: string, timeZone?: string): string {
      return date(instant, {
        ...(timeZone === undefined ? {} : { timeZone }),
        weekday: "short",
        day: "numeric",
        month: "short",
        hour: "numeric",
        minute: "2-digit",
      });
    },
    dayNumber: (instant: string, timeZone: string) => date(instant, { timeZone, day: "numeric" }),
    month: (instant: string, timeZone: string) => date(instant, { timeZone, month: "short" }),
    list(items: string[]): string {
      return new Intl.ListFormat(language, { type: "conjunction" }).format(items);
    },
  };
}

export type Format = ReturnType<typeof makeFormat>;

const digits = new Map<string, number>();

function minorDigits(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const found =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digits.set(currency, found);
  return found;
}
