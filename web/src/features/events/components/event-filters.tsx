import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import type { EventFacets } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { DateField } from "@/ui/date-field";
import { SelectField } from "@/ui/field";
import { ChevronIcon, SearchIcon } from "@/ui/icons";
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
import { priceSteps } from "../model/price-steps";
import styles from "./event-filters.module.css";
import { SuggestBox } from "./suggest-box";

const typingPauseMs = 300;

type Facet = EventFacets["cities"][number];

interface EventFiltersProps {
  search: EventSearch;
  onSearch: (search: EventSearch, isTyping?: boolean) => void;
}

export function EventFilters({ search, onSearch }: EventFiltersProps) {
  const { t, language } = useI18n();
  const { data: facets } = useQuery(facetsQuery);
  // Only a phone folds them away; elsewhere there is room, and no button.
  const [isOpen, setIsOpen] = useState(false);
  // The button answers first: to lay out the fields takes a phone longer.
  const isShown = useDeferredValue(isOpen);
  /** Another filter begins on the first page. */
  const set = (name: keyof EventSearch, value: string) => {
    // A day of the calendar instead of days by name.
    const named = name === "from" || name === "to" ? undefined : search.when;
    onSearch(readEventSearch({ ...search, when: named, [name]: value, page: undefined }));
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
        <PriceField search={search} currencies={facets?.currencies ?? []} onSearch={onSearch} />
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
      <NamedDays search={search} onSearch={onSearch} />
      {countFilters(search) > 0 && (
        <Button variant="subtle" size="md" className={styles.clear ?? ""} onClick={() => onSearch({})}>
          {t("events.clear")}
        </Button>
      )}
    </search>
  );
}

/** Only within a currency are prices more or less than others: with several there are choices in each. */
function PriceField({ search, currencies, onSearch }: EventFiltersProps & { currencies: readonly Facet[] }) {
  const { t, format } = useI18n();
  const chosen = search.maxPrice === undefined ? "" : `${String(search.maxPrice)} ${search.currency ?? ""}`;
  const choices = priceSteps(
    currencies.map(({ value }) => value),
    search,
  );
  return (
    <SelectField
      label={t("events.price")}
      value={chosen}
      onChange={(event) => {
        const [maxPrice, currency] = event.currentTarget.value.split(" ");
        onSearch(
          readEventSearch({ ...search, maxPrice: maxPrice === "" ? undefined : maxPrice, currency, page: undefined }),
        );
      }}
      choices={[
        { value: "", label: t("events.anyPrice") },
        ...choices.map((price) => ({
          value: `${String(price.amount)} ${price.currency}`,
          label: price.amount === 0 ? t("price.free") : t("events.priceUpTo", { price: format.money(price) }),
        })),
      ]}
    />
  );
}

const dayNames = { today: "events.today", weekend: "events.weekend", nextWeek: "events.nextWeek" } as const;

function NamedDays({ search, onSearch }: EventFiltersProps) {
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
    <div className={styles.days} role="group" aria-label={t("events.when")}>
      {eventDays.map((days) => (
        <button key={days} type="button" aria-pressed={search.when === days} onClick={() => choose(days)}>
          {t(dayNames[days])}
        </button>
      ))}
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
