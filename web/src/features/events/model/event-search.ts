/** What an address of the events list says; anything else in it is ignored. */
export interface EventSearch {
  search?: string;
  city?: string;
  category?: string;
  /** The first and the last day, as the venues' calendars have them. */
  from?: string;
  to?: string;
  sort?: "date" | "price" | "title";
  order?: "asc" | "desc";
  page?: number;
}

// As the API has them: an address that it would refuse is never sent.
const maxSearchCharacters = 100;
const maxPage = 10_000;
const firstYear = 1900;
const lastYear = 9999;

export function readEventSearch(raw: Record<string, unknown>): EventSearch {
  const search: EventSearch = {};
  const words = readText(raw.search);
  if (words !== undefined) search.search = words;
  const city = readText(raw.city);
  if (city !== undefined) search.city = city;
  const category = readText(raw.category);
  if (category !== undefined) search.category = category;
  const from = readDay(raw.from);
  if (from !== undefined) search.from = from;
  const to = readDay(raw.to);
  if (to !== undefined) search.to = to;
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

/** The query of the API. A day is one of the venue's calendar there, as it is on the page. */
export function toQuery(search: EventSearch, limit: number) {
  const { to, page, ...rest } = search;
  return {
    ...rest,
    ...(to === undefined || isReversed(search) ? {} : { to }),
    page: page ?? 1,
    limit,
  };
}

export function countFilters({ search, city, category, from, to }: EventSearch): number {
  return [search, city, category, from, to].filter((value) => value !== undefined).length;
}
