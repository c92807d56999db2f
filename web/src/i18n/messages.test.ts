import { describe, expect, it } from "vitest";
import { ar } from "./catalogues/ar";
import { de } from "./catalogues/de";
import { en } from "./catalogues/en";
import { es } from "./catalogues/es";
import { ar as accountAr } from "@/features/account/messages/ar";
import { de as accountDe } from "@/features/account/messages/de";
import { en as accountEn } from "@/features/account/messages/en";
import { es as accountEs } from "@/features/account/messages/es";
import { ar as queueAr } from "@/features/queue/messages/ar";
import { de as queueDe } from "@/features/queue/messages/de";
import { en as queueEn } from "@/features/queue/messages/en";
import { es as queueEs } from "@/features/queue/messages/es";
import { makeFormat } from "./format";
import { formatMessage, type Catalogue, type Language, type Message } from "./messages";

type Texts = Record<string, Message>;
/** Those of the waiting room and of accounts come with their pages. */
const catalogues: Record<Language, Texts> = {
  en: textsOf(en, { ...accountEn, ...under("queue", queueEn) }),
  de: textsOf(de, { ...accountDe, ...under("queue", queueDe) }),
  es: textsOf(es, { ...accountEs, ...under("queue", queueEs) }),
  ar: textsOf(ar, { ...accountAr, ...under("queue", queueAr) }),
};
const keys = Object.keys(catalogues.en);

function textsOf({ placeWords, ...catalogue }: Catalogue, others: Texts): Texts {
  expect(placeWords).toBeDefined();
  return { ...catalogue, ...others };
}

function under(name: string, texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${name}.${key}`, text]));
}

function parametersOf(message: Message): string[] {
  const texts = typeof message === "string" ? [message] : [message.other ?? ""];
  return texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")).sort();
}

describe.each(["de", "es", "ar"] as const)("the catalogue %s", (language) => {
  it("says the same things with the same parameters", () => {
    for (const key of keys) {
      const own = parametersOf(catalogues[language][key] ?? "").filter((name) => name !== "count");
      expect(own, key).toEqual(parametersOf(catalogues.en[key] ?? "").filter((name) => name !== "count"));
    }
  });

  it("has words for every number", () => {
    for (const key of keys) {
      for (const count of [0, 1, 2, 3, 11, 100]) {
        expect(formatMessage(catalogues[language][key] ?? "", language, { count }), key).not.toBe("");
      }
    }
  });
});

describe("a text with a number", () => {
  it("has words for nothing where the catalogue gives some", () => {
    expect(formatMessage({ zero: "none", one: "one", other: "{count}" }, "en", { count: 0 })).toBe("none");
    expect(formatMessage({ one: "one", other: "{count}" }, "en", { count: 0 })).toBe("0");
  });
});

describe("formats", () => {
  it("show money in minor units as the currency has them", () => {
    const { money } = makeFormat("en");
    expect(money({ amount: 4550, currency: "USD" })).toBe("$45.50");
    expect(money({ amount: 4500, currency: "USD" })).toBe("$45");
    expect(money({ amount: 4500, currency: "JPY" })).toBe("¥4,500");
  });

  it("show an event's time in its own zone", () => {
    expect(makeFormat("de").time("2027-02-06T01:00:00Z", "Australia/Sydney")).toBe("12:00");
  });
});
