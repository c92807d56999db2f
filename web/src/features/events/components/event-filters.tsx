import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import type { EventFacets } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { DateField } from "@/ui/date-field";
import { SelectField } from "@/ui/field";
import { ChevronIcon, SearchIcon } from "@/ui/icons";
import { facetsQuery } from "../api/queries";
import { categoryName } from "../model/categories";
import { countFilters, isDay, isReversed, readEventSearch, type EventSearch } from "../model/event-search";
import styles from "./event-filters.module.css";

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
    onSearch(readEventSearch({ ...search, [name]: value, page: undefined }));
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
      {countFilters(search) > 0 && (
        <Button variant="subtle" size="md" className={styles.clear ?? ""} onClick={() => onSearch({})}>
          {t("events.clear")}
        </Button>
      )}
    </search>
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
    <TextInput
      size="md"
      type="search"
      className={styles.words ?? ""}
      label={t("events.search")}
      placeholder={t("landing.searchHint")}
      leftSection={<SearchIcon size={18} />}
      value={words}
      onChange={(event) => setWords(event.currentTarget.value)}
    />
  );
}
