import { describe, expect, it } from "vitest";
import { formatMessage, type Language, type Message } from "./messages";

function parametersOf(message: Message): string[] {
  const texts = typeof message === "string" ? [message] : [message.other ?? ""];
  return texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")).sort();
}

/** Tests, for a test file to call: each catalogue says what the English one says, and has words for every number. */
export function checkCatalogues<Key extends string>(
  name: string,
  catalogues: Readonly<Record<Language, Readonly<Record<Key, Message>>>>,
): void {
  const keys = Object.keys(catalogues.en) as Key[];
  describe.each(["de", "es", "ar"] as const)(`${name} %s`, (language) => {
    it("says the same things with the same parameters", () => {
      for (const key of keys) {
        const own = parametersOf(catalogues[language][key]).filter((parameter) => parameter !== "count");
        const english = parametersOf(catalogues.en[key]).filter((parameter) => parameter !== "count");
        expect(own, key).toEqual(english);
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
}
