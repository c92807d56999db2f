import type { EventSuggestions } from "@/api/types";
import type { Translate } from "@/i18n/i18n";
import type { makeFormat } from "@/i18n/format";
import { categoryName } from "./categories";
import type { EventSearch } from "./event-search";

/** One line of suggestions: an event to go to, or a filter. */
export interface Suggestion {
  key: string;
  title: string;
  detail: string;
  /** Of an event. */
  slug?: string;
  /** Of a filter. */
  search?: EventSearch;
}

/** Cities and kinds first: they are few, and mean more than one event. */
export function readSuggestions(
  { cities, categories, events }: EventSuggestions,
  t: Translate,
  format: Pick<ReturnType<typeof makeFormat>, "day">,
): Suggestion[] {
  return [
    ...cities.map(({ value, count }) => ({
      key: `city ${value}`,
      title: value,
      detail: t("suggest.city", { count }),
      search: { city: value },
    })),
    ...categories.map(({ value, count }) => ({
      key: `category ${value}`,
      title: categoryName(value, t),
      detail: t("events.count", { count }),
      search: { category: value },
    })),
    ...events.map(({ id, slug, title, startsAt, timeZone, venue, city }) => ({
      key: id,
      title,
      detail: `${format.day(startsAt, timeZone)} · ${venue}, ${city}`,
      slug,
    })),
  ];
}
