import { useMemo } from "react";
import type { EventDetails, SeatMap } from "@/api/types";
import { useI18n } from "./i18n";

/** What plans usually call their parts, in English and in lower case, and what the visitor's language calls them. */
export type PlaceWords = Readonly<Record<string, string>>;
/** Gives the name of a part of the house in the visitor's language. */
export type NamePlace = (name: string) => string;

const mostWords = 3;
/** "101", "B", "A1": what tells one part from another is the same in every language. */
const mark = /^(?:\p{L}?\d+|\d*\p{Lu})$/u;

/**
 * "Loge Left" of "loge" and "left", "Section 101" of "section". A name with a word that is not known is the house's own,
 * and stays as it is.
 */
export function placeName(name: string, words: PlaceWords): string {
  const parts = name.split(" ");
  const named: string[] = [];
  let isKnown = false;
  for (let at = 0; at < parts.length;) {
    let length = Math.min(mostWords, parts.length - at);
    const wordsOf = (): string | undefined =>
      words[
        parts
          .slice(at, at + length)
          .join(" ")
          .toLowerCase()
      ];
    while (length > 1 && wordsOf() === undefined) length--;
    const word = wordsOf();
    const own = parts[at] ?? "";
    if (word === undefined && !mark.test(own)) return name;
    named.push(word ?? own);
    isKnown ||= word !== undefined;
    at += length;
  }
  return isKnown ? named.join(" ") : name;
}

/** The event with its tiers' names in the visitor's language; the same event where they are. */
export function useLocalEvent<T extends EventDetails | undefined>(event: T): T {
  const { place } = useI18n();
  return useMemo(
    () => event && { ...event, tiers: event.tiers.map((tier) => ({ ...tier, name: place(tier.name) })) },
    [event, place],
  );
}

/** The seat map with all that is written on it in the visitor's language. */
export function useLocalSeatMap(map: SeatMap | undefined): SeatMap | undefined {
  const { place } = useI18n();
  return useMemo(
    () =>
      map && {
        ...map,
        tiers: map.tiers.map((tier) => ({ ...tier, name: place(tier.name) })),
        areas: map.areas.map((area) => ({ ...area, caption: place(area.caption) })),
        sections: map.sections.map((section) => {
          const name = place(section.name);
          // A row's label begins with its section's name, by which names of seats know the rest.
          const labelOf = (label: string): string =>
            label.startsWith(`${section.name}, `) ? name + label.slice(section.name.length) : label;
          return { ...section, name, rows: section.rows.map((row) => ({ ...row, label: labelOf(row.label) })) };
        }),
      },
    [map, place],
  );
}
