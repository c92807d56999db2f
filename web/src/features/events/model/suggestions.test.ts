import { expect, it } from "vitest";
import type { Translate } from "@/i18n/i18n";
import { readSuggestions } from "./suggestions";

const t = ((key: string) => key) as Translate;
const format = { day: () => "Sat" };

it("readSuggestions_an event, a city and a kind_are a link and two filters, the filters first", () => {
  const lines = readSuggestions(
    {
      isSimilar: false,
      events: [
        {
          id: "1",
          slug: "swan-lake",
          title: "Swan Lake",
          startsAt: "2027-01-02T19:00:00Z",
          timeZone: "Europe/Paris",
          venue: "Opéra",
          city: "Paris",
        },
      ],
      cities: [{ value: "Paris", count: 3 }],
      categories: [{ value: "ballet", count: 2 }],
    },
    t,
    format,
  );
  expect(lines.map(({ title, slug, search }) => [title, slug ?? search])).toEqual([
    ["Paris", { city: "Paris" }],
    ["category.ballet", { category: "ballet" }],
    ["Swan Lake", "swan-lake"],
  ]);
  expect(lines[2]?.detail).toBe("Sat · Opéra, Paris");
});
