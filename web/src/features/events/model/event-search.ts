/** What an address of the events list says; anything else in it is ignored. */
export interface EventSearch {
  search?: string;
  city?: string;
  category?: string;
  from?: string;
  to?: string;
  sort?: "date" | "price" | "title";
  order?: "asc" | "desc";
  page?: number;
}

const maxSearchCharacters = 100;

export function readEventSearch(raw: Record<string, unknown>): EventSearch {
  const search: EventSearch = {};
  // The router reads "42" in an address as a number.
  const text = (name: string) => {
    const value = raw[name];
    const read = typeof value === "number" ? String(value) : value;
    return typeof read === "string" && read.trim() !== "" ? read.trim().slice(0, maxSearchCharacters) : undefined;
  };
  const day = (name: string) => {
    const value = text(name);
    return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
      ? value
      : undefined;
  };
  const words = text("search");
  if (words !== undefined) search.search = words;
  const city = text("city");
  if (city !== undefined) search.city = city;
  const category = text("category");
  if (category !== undefined) search.category = category;
  const from = day("from");
  if (from !== undefined) search.from = from;
  const to = day("to");
  if (to !== undefined) search.to = to;
  if (raw.sort === "date" || raw.sort === "price" || raw.sort === "title") search.sort = raw.sort;
  if (raw.order === "asc" || raw.order === "desc") search.order = raw.order;
  const page = Number(raw.page);
  if (Number.isInteger(page) && page > 1) search.page = page;
  return search;
}

/** The query of the API: days become instants, at the visitor's midnight. */
export function toQuery(search: EventSearch, limit: number) {
  const { from, to, page, ...rest } = search;
  return {
    ...rest,
    ...(from === undefined ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(`${to}T23:59:59`).toISOString() }),
    page: page ?? 1,
    limit,
  };
}

export function countFilters({ search, city, category, from, to }: EventSearch): number {
  return [search, city, category, from, to].filter((value) => value !== undefined).length;
}
