import { describe, expect, it } from "vitest";
import { en as shop } from "@/i18n/catalogues/en";
import { formatMessage, type Language, type Message } from "@/i18n/messages";
import { ar } from "./catalogues/ar";
import { de } from "./catalogues/de";
import { en } from "./catalogues/en";
import { es } from "./catalogues/es";
import type { OrganiseCatalogue, OrganiseKey } from "./messages";

const catalogues: Record<Language, OrganiseCatalogue> = { en, de, es, ar };
const keys = Object.keys(en) as OrganiseKey[];

function parametersOf(message: Message): string[] {
  const texts = typeof message === "string" ? [message] : [message.other ?? ""];
  return texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")).sort();
}

describe.each(["de", "es", "ar"] as const)("the organisers' catalogue %s", (language) => {
  it("says the same things with the same parameters", () => {
    for (const key of keys) {
      const own = parametersOf(catalogues[language][key]).filter((name) => name !== "count");
      expect(own, key).toEqual(parametersOf(en[key]).filter((name) => name !== "count"));
    }
  });

  it("has words for every number", () => {
    for (const key of keys) {
      for (const count of [0, 1, 2, 3, 11, 100]) {
        expect(formatMessage(catalogues[language][key], language, { count }), key).not.toBe("");
      }
    }
  });
});

describe("the organisers' texts", () => {
  it("have keys of their own, beside those of the shop", () => {
    expect(Object.keys(en).filter((key) => key in shop)).toEqual([]);
  });
});
