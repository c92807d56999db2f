import currencyDigits from "../../../openapi/currencies.v1.json";
import type { Money } from "@/api/types";
import type { Language } from "./messages";

/** Words that a clock of twelve hours has no unambiguous figures for. */
export interface ClockWords {
  midnight: string;
  noon: string;
}

type Formatter = Intl.DateTimeFormat | Intl.NumberFormat | Intl.ListFormat;

const cache = new Map<string, Formatter>();

/** Formatters take longer to make than all that is done with them on a page. */
function cached<T extends Formatter>(key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  cache.set(key, made);
  return made;
}

/** What is shown for a date or an amount that cannot be read. */
export const unknown = "–";

/**
 * The visitor's own variant of the app's language, so that a Briton reads British dates. Arabic keeps the general one:
 * its regions differ in digits, and those of prices and seats must be the same everywhere on a page.
 */
export function localeOf(language: Language, preferred: readonly string[] = browserLanguages()): string {
  if (language === "ar") return language;
  return preferred.find((tag) => tag.toLowerCase().split("-", 1)[0] === language) ?? language;
}

function browserLanguages(): readonly string[] {
  return typeof navigator === "undefined" ? [] : (navigator.languages ?? []);
}

/**
 * A browser may not know the zone: it is new, or the browser is old. The time is then the one of UTC and says so,
 * since a wrong hour without a mark is worse than an unfamiliar one.
 */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(`d${locale}${JSON.stringify(options)}`, () => {
    try {
      return new Intl.DateTimeFormat(locale, options);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC", timeZoneName: "short" });
    }
  });
}

/** Whether the browser can tell the time of a zone; where it cannot, times are shown in UTC. */
export function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Dates and money as a language writes them; event times always in the event's own time zone. */
export function makeFormat(language: Language, words?: ClockWords, locale = localeOf(language)) {
  const date = (instant: string | number, options: Intl.DateTimeFormatOptions): string => {
    const value = new Date(instant);
    if (Number.isNaN(value.getTime())) return unknown;
    const format = dateFormat(locale, options);
    return words === undefined || options.hour === undefined
      ? format.format(value)
      : withWords(format.formatToParts(value), words, () => hourIn(value, format));
  };
  return {
    money({ amount, currency }: Money): string {
      const value = amount / 10 ** minorDigits(currency);
      const format = moneyFormat(locale, currency);
      if (format === undefined) return `${numberFormat(locale).format(value)} ${currency}`;
      if (language !== "ar") return format.format(value);
      // Written from right to left, the letters of "US$" would come apart from its sign: it is set on its own.
      const parts = format.formatToParts(value);
      return parts.map((part) => (part.type === "currency" ? `\u2066${part.value}\u2069` : part.value)).join("");
    },
    number(value: number): string {
      return numberFormat(locale).format(value);
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
    list(items: string[]): string {
      return cached(`l${locale}`, () => new Intl.ListFormat(locale, { type: "conjunction" })).format(items);
    },
  };
}

export type Format = ReturnType<typeof makeFormat>;

function numberFormat(locale: string): Intl.NumberFormat {
  return cached(`n${locale}`, () => new Intl.NumberFormat(locale));
}

/** None where the code is not one of three letters. */
function moneyFormat(locale: string, currency: string): Intl.NumberFormat | undefined {
  const digits = minorDigits(currency);
  try {
    return cached(
      `m${locale}${currency}`,
      () =>
        new Intl.NumberFormat(locale, {
          style: "currency",
          currency,
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
          trailingZeroDisplay: "stripIfInteger",
        }),
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

/** "12:00 AM" and "12:00 PM" are mistaken for one another; the words are not. */
function withWords(parts: Intl.DateTimeFormatPart[], words: ClockWords, hour: () => number): string {
  const isTwelve =
    parts.some(({ type }) => type === "dayPeriod") &&
    parts.some(({ type, value }) => type === "hour" && value === "12") &&
    parts.some(({ type, value }) => type === "minute" && value === "00");
  if (!isTwelve) return parts.map(({ value }) => value).join("");
  const clock = new Set(["hour", "minute", "dayPeriod"]);
  const first = parts.findIndex(({ type }) => clock.has(type));
  const last = parts.findLastIndex(({ type }) => clock.has(type));
  const word = hour() === 0 ? words.midnight : words.noon;
  return parts
    .toSpliced(first, last - first + 1, { type: "literal", value: word })
    .map(({ value }) => value)
    .join("");
}

function hourIn(value: Date, format: Intl.DateTimeFormat): number {
  const { timeZone } = format.resolvedOptions();
  return Number(dateFormat("en", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(value));
}

/**
 * Digits after the decimal point. From the server's own table and not from `Intl`: browsers show HUF or IDR without the
 * minor units that ISO 4217, and so every payment provider, counts in.
 */
export function minorDigits(currency: string): number {
  return (currencyDigits as Readonly<Record<string, number>>)[currency] ?? 2;
}
