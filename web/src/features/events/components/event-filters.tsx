import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { EventFacets } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { local, readStored, writeStored } from "@/lib/storage";
import { DateField } from "@/ui/date-field";
import { SelectField } from "@/ui/field";
import { ChevronIcon, SearchIcon } from "@/ui/icons";
import { PriceRange } from "@/ui/price-range";
import { facetsQuery } from "../api/queries";
import { categoryName } from "../model/categories";
import {
  countFilters,
  eventDays,
  isDay,
  isReversed,
  readEventSearch,
  type EventDays,
  type EventSearch,
} from "../model/event-search";
import { pricesOf, priceStops, rangeOf } from "../model/price-stops";
import styles from "./event-filters.module.css";
import { SuggestBox } from "./suggest-box";

const typingPauseMs = 300;
const myCityKey = "onsale.city";

type Facet = EventFacets["cities"][number];
type Prices = EventFacets["prices"][number];

interface EventFiltersProps {
  search: EventSearch;
  onSearch: (search: EventSearch, isTyping?: boolean) => void;
}

export function EventFilters({ search, onSearch }: EventFiltersProps) {
  const { t, language } = useI18n();
  const { data: facets } = useQuery(facetsQuery);
  const myCity = useMyCity(search, facets);
  // Only a phone folds them away; elsewhere there is room, and no button.
  const [isOpen, setIsOpen] = useState(false);
  // The button answers first: to lay out the fields takes a phone longer.
  const isShown = useDeferredValue(isOpen);
  /** Another filter begins on the first page. */
  const set = (name: keyof EventSearch, value: string) => {
    // A day of the calendar instead of days by name.
    const named = name === "from" || name === "to" ? undefined : search.when;
    // A city, or what is near one.
    const near = name === "city" ? undefined : search.near;
    onSearch(readEventSearch({ ...search, when: named, near, [name]: value, page: undefined }));
  };
  /** By name, which one can look for, with the number of events behind it. */
  const choicesOf = (known: readonly Facet[] = [], chosen: string | undefined, nameOf: (value: string) => string) =>
    withChosen(known, chosen)
      .map(({ value, count }) => ({ value, name: nameOf(value), count }))
      .toSorted((a, b) => a.name.localeCompare(b.name, language))
      .map(({ value, name, count }) => ({ value, label: t("events.facet", { name, count }) }));
  const folded = countFilters(search) - (search.search === undefined ? 0 : 1);
  const sort = `${search.sort ?? "date"}-${search.order ?? "asc"}`;
  return (
    <search className={styles.filters}>
      <SearchWords search={search} onSearch={onSearch} />
      <Button
        variant="default"
        size="md"
        className={styles.fold ?? ""}
        aria-expanded={isOpen}
        rightSection={<ChevronIcon size={18} />}
        onClick={() => setIsOpen(!isOpen)}
      >
        {folded === 0 ? t("events.filters") : t("events.chosenFilters", { count: folded })}
      </Button>
      <div className={styles.more} data-open={isShown}>
        <SelectField
          label={t("events.city")}
          value={search.city ?? ""}
          onChange={(event) => set("city", event.currentTarget.value)}
          choices={[
            { value: "", label: t("events.anyCity") },
            ...choicesOf(facets?.cities, search.city, (city) => city),
          ]}
        />
        <SelectField
          label={t("events.category")}
          value={search.category ?? ""}
          onChange={(event) => set("category", event.currentTarget.value)}
          choices={[
            { value: "", label: t("events.anyCategory") },
            ...choicesOf(facets?.categories, search.category, (category) => categoryName(category, t)),
          ]}
        />
        <PriceField search={search} prices={facets?.prices ?? []} onSearch={onSearch} />
        <DateField label={t("events.from")} value={search.from ?? ""} isDay={isDay} onDay={(day) => set("from", day)} />
        <DateField
          label={t("events.to")}
          value={search.to ?? ""}
          isDay={isDay}
          onDay={(day) => set("to", day)}
          error={isReversed(search) ? t("events.reversed") : undefined}
        />
        <SelectField
          label={t("events.sort")}
          value={sort}
          onChange={(event) => {
            const [by, order] = event.currentTarget.value.split("-");
            onSearch(readEventSearch({ ...search, sort: by, order, page: undefined }));
          }}
          choices={[
            { value: "date-asc", label: t("events.sortSoonest") },
            { value: "date-desc", label: t("events.sortLatest") },
            { value: "price-asc", label: t("events.sortCheapest") },
            { value: "price-desc", label: t("events.sortDearest") },
            { value: "title-asc", label: t("events.sortTitle") },
          ]}
        />
      </div>
      <NamedDays search={search} onSearch={onSearch} myCity={myCity} />
      {countFilters(search) > 0 && (
        <Button variant="subtle" size="md" className={styles.clear ?? ""} onClick={() => onSearch({})}>
          {t("events.clear")}
        </Button>
      )}
    </search>
  );
}

/**
 * The city that was chosen last, to be offered with what is not far from it: near by without asking where one is. The
 * browser keeps it, and nobody else hears of it.
 */
function useMyCity({ city, near }: EventSearch, facets: EventFacets | undefined): string | undefined {
  const [kept, setKept] = useState(() => readStored<unknown>(local, myCityKey));
  if (city !== undefined && city !== kept) setKept(city);
  useEffect(() => {
    if (city !== undefined) writeStored(local, myCityKey, city);
  }, [city]);
  return near ?? facets?.cities.find(({ value }) => value === kept)?.value;
}

/** Only within a currency are prices more or less than others: with several, one is chosen first. */
function PriceField({ search, prices, onSearch }: EventFiltersProps & { prices: readonly Prices[] }) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState<string>();
  const currency = search.currency ?? chosen;
  const shown = prices.find(({ min }) => min.currency === currency) ?? prices[0];
  const stops = useMemo(() => (shown === undefined ? undefined : priceStops(shown)), [shown]);
  if (stops === undefined || shown === undefined) return <div className={styles.price} />;
  const ask = (asked: Record<string, unknown>) =>
    onSearch(
      readEventSearch({
        ...search,
        minPrice: undefined,
        maxPrice: undefined,
        currency: undefined,
        ...asked,
        page: undefined,
      }),
    );
  return (
    <>
      {prices.length > 1 && (
        <SelectField
          label={t("events.currency")}
          value={shown.min.currency}
          onChange={({ currentTarget }) => {
            setChosen(currentTarget.value);
            if (search.currency !== undefined) ask({});
          }}
          choices={prices.map(({ min }) => ({ value: min.currency, label: min.currency }))}
        />
      )}
      <div className={styles.price}>
        <PriceRange
          key={shown.min.currency}
          label={t("events.price")}
          stops={stops}
          value={rangeOf(stops, search)}
          onChange={(range) => ask(pricesOf(stops, range))}
        />
      </div>
    </>
  );
}

const dayNames = { today: "events.today", weekend: "events.weekend", nextWeek: "events.nextWeek" } as const;

function NamedDays({ search, onSearch, myCity }: EventFiltersProps & { myCity: string | undefined }) {
  const { t } = useI18n();
  const choose = (days: EventDays) =>
    onSearch(
      readEventSearch({
        ...search,
        when: search.when === days ? undefined : days,
        from: undefined,
        to: undefined,
        page: undefined,
      }),
    );
  return (
    <div className={styles.days}>
      <div role="group" aria-label={t("events.when")}>
        {eventDays.map((days) => (
          <button key={days} type="button" aria-pressed={search.when === days} onClick={() => choose(days)}>
            {t(dayNames[days])}
          </button>
        ))}
      </div>
      {myCity !== undefined && (
        <button
          type="button"
          aria-pressed={search.near === myCity}
          onClick={() =>
            onSearch(
              readEventSearch({
                ...search,
                city: undefined,
                near: search.near === myCity ? undefined : myCity,
                page: undefined,
              }),
            )
          }
        >
          {t("events.near", { city: myCity })}
        </button>
      )}
      <Link to="/favourites">{t("nav.favourites")}</Link>
    </div>
  );
}

/** What the address names stays a choice, even while the choices are loading or no event has it any more. */
function withChosen(known: readonly Facet[], chosen: string | undefined): readonly Facet[] {
  const isKnown = chosen === undefined || known.some(({ value }) => value === chosen);
  return isKnown ? known : [...known, { value: chosen, count: 0 }];
}

/** Searches once the visitor pauses: every letter would be a request, and an entry in the history. */
function SearchWords({ search, onSearch }: EventFiltersProps) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [words, setWords] = useState(search.search ?? "");
  const sent = useRef(search.search ?? "");
  useEffect(() => {
    // The address changed by other means: a link, or the way back.
    if ((search.search ?? "") === sent.current) return;
    sent.current = search.search ?? "";
    setWords(sent.current);
  }, [search.search]);
  useEffect(() => {
    const trimmed = words.trim();
    if (trimmed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = trimmed;
      onSearch(readEventSearch({ ...search, search: trimmed, page: undefined }), true);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [words, search, onSearch]);
  return (
    <SuggestBox
      words={words}
      className={styles.words}
      onChoose={({ slug, search: filter }) => {
        if (slug !== undefined) {
          void navigate({ to: "/events/$slug", params: { slug } });
          return;
        }
        // The filter says what the words meant.
        sent.current = "";
        setWords("");
        onSearch(readEventSearch({ ...search, search: undefined, ...filter, page: undefined }));
      }}
    >
      {(field) => (
        <TextInput
          {...field}
          size="md"
          type="search"
          label={t("events.search")}
          placeholder={t("landing.searchHint")}
          leftSection={<SearchIcon size={18} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </SuggestBox>
  );
}
