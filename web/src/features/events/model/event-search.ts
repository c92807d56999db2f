export const eventDays = ["today", "weekend", "nextWeek"] as const;
export type EventDays = (typeof eventDays)[number];

/** What an address of the events list says; anything else in it is ignored. */
export interface EventSearch {
  search?: string;
  city?: string;
  /** A city, and what is not far from it. */
  near?: string;
  category?: string;
  /** The first and the last day, as the venues' calendars have them. */
  from?: string;
  to?: string;
  /** Days that people name, by each venue's calendar: instead of the two above. */
  when?: EventDays;
  /** Of the page that the list is on; never of an address. Ids, and venues' slugs, are separated by commas. */
  ids?: string;
  venue?: string;
  organiser?: string;
  /** The dates of one show. */
  series?: string;
  /** What some place costs at least and at most, in minor units of a currency, which is there with either. */
  minPrice?: number;
  maxPrice?: number;
  currency?: string;
  sort?: "date" | "price" | "title";
  order?: "asc" | "desc";
  page?: number;
}

// As the API has them: an address that it would refuse is never sent.
const maxSearchCharacters = 100;
const maxPage = 10_000;
const maxPriceMinorUnits = 100_000_000_000;
const firstYear = 1900;
const lastYear = 9999;

export function readEventSearch(raw: Record<string, unknown>): EventSearch {
  const search: EventSearch = {};
  const words = readText(raw.search);
  if (words !== undefined) search.search = words;
  const city = readText(raw.city);
  if (city !== undefined) search.city = city;
  const near = readText(raw.near);
  if (near !== undefined && city === undefined) search.near = near;
  const category = readText(raw.category);
  if (category !== undefined) search.category = category;
  const from = readDay(raw.from);
  if (from !== undefined) search.from = from;
  const to = readDay(raw.to);
  if (to !== undefined) search.to = to;
  const when = eventDays.find((days) => days === raw.when);
  if (when !== undefined && from === undefined && to === undefined) search.when = when;
  const [minPrice, maxPrice] = [readPrice(raw.minPrice), readPrice(raw.maxPrice)];
  const isRange = minPrice === undefined || maxPrice === undefined || minPrice <= maxPrice;
  if (isCurrency(raw.currency) && isRange && (minPrice ?? maxPrice) !== undefined) {
    if (minPrice !== undefined) search.minPrice = minPrice;
    if (maxPrice !== undefined) search.maxPrice = maxPrice;
    search.currency = raw.currency;
  }
  if (raw.sort === "date" || raw.sort === "price" || raw.sort === "title") search.sort = raw.sort;
  if (raw.order === "asc" || raw.order === "desc") search.order = raw.order;
  const page = Number(raw.page);
  if (Number.isInteger(page) && page > 1 && page <= maxPage) search.page = page;
  return search;
}

/** The router reads "42" in an address as a number, and "true" as a truth; both are words here. */
function readText(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const text = String(value)
    // Neither control characters nor halves of a character are text to the API.
    .replace(/\p{Cc}|\p{Cs}/gu, " ")
    .trim()
    .slice(0, maxSearchCharacters)
    .replace(/\p{Cs}$/u, "")
    .trim();
  return text === "" ? undefined : text;
}

function readPrice(value: unknown): number | undefined {
  const price = Number(value ?? Number.NaN);
  return Number.isInteger(price) && price >= 0 && price <= maxPriceMinorUnits ? price : undefined;
}

function isCurrency(value: unknown): value is string {
  return typeof value === "string" && /^[A-Z]{3}$/.test(value);
}

function readDay(value: unknown): string | undefined {
  return typeof value === "string" && isDay(value) ? value : undefined;
}

/** Whether it is a day of the calendar, written completely: a year that is being typed begins with 0002. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const year = Number(value.slice(0, 4));
  if (year < firstYear || year > lastYear) return false;
  const read = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value);
}

/** Nothing can be between such days: the second is left out of the query, and the field says why. */
export function isReversed({ from, to }: EventSearch): boolean {
  return from !== undefined && to !== undefined && to < from;
}

/**
 * The query of the API: dates of one show are one line, except where they are asked for. A day is one of the venue's
 * calendar there, as it is on the page.
 */
export function toQuery(search: EventSearch, limit: number) {
  const { to, page, minPrice, maxPrice, ...rest } = search;
  return {
    ...rest,
    ...(rest.ids === undefined && rest.series === undefined ? { group: "series" as const } : {}),
    ...(minPrice === undefined ? {} : { minPrice: String(minPrice) }),
    ...(maxPrice === undefined ? {} : { maxPrice: String(maxPrice) }),
    ...(to === undefined || isReversed(search) ? {} : { to }),
    page: page ?? 1,
    limit,
  };
}

export function countFilters(search: EventSearch): number {
  const { city, near, category, from, to, when, currency } = search;
  return [search.search, city ?? near, category, from, to, when, currency].filter((value) => value !== undefined)
    .length;
}
