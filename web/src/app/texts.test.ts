import { describe, expect, it } from "vitest";
import { ar } from "@/i18n/catalogues/ar";
import { de } from "@/i18n/catalogues/de";
import { en } from "@/i18n/catalogues/en";
import { es } from "@/i18n/catalogues/es";
import { ar as accountAr } from "@/features/account/messages/ar";
import { de as accountDe } from "@/features/account/messages/de";
import { en as accountEn } from "@/features/account/messages/en";
import { es as accountEs } from "@/features/account/messages/es";
import { ar as queueAr } from "@/features/queue/messages/ar";
import { de as queueDe } from "@/features/queue/messages/de";
import { en as queueEn } from "@/features/queue/messages/en";
import { es as queueEs } from "@/features/queue/messages/es";
import { boughtTexts } from "@/features/bookings/components/bought-texts";
import { cancelTexts } from "@/features/bookings/components/cancel-texts";
import { myBookingsTexts } from "@/features/bookings/components/my-bookings-texts";
import { paymentRefusalTexts } from "@/features/checkout/components/payment-refusal-texts";
import { releaseTexts } from "@/features/checkout/components/release-texts";
import { paymentCheckTexts } from "@/features/checkout/payment/payment-check-texts";
import { refusalTexts } from "@/features/picking/later/refusal-texts";
import { extendTexts } from "@/features/checkout/components/extend-texts";
import { presenterTexts } from "@/features/events/components/presenter-texts";
import { formatMessage, type Catalogue, type Language, type Message } from "@/i18n/messages";

type Texts = Record<string, Message>;
const ofPages: Record<Language, readonly [Texts, Texts]> = {
  en: [accountEn, queueEn],
  de: [accountDe, queueDe],
  es: [accountEs, queueEs],
  ar: [accountAr, queueAr],
};
/** Those that come with a page or a part of one are read together with all others. */
const catalogues = Object.fromEntries(
  Object.entries({ en, de, es, ar }).map(([name, catalogue]) => {
    const language = name as Language;
    const [account, queue] = ofPages[language];
    const parts = {
      ...under("queue", queue),
      ...under("bought", boughtTexts[language]),
      ...under("cancel", cancelTexts[language]),
      ...under("extend", extendTexts[language]),
      ...under("my-bookings", myBookingsTexts[language]),
      ...under("payment-check", paymentCheckTexts[language]),
      ...under("payment-refusal", paymentRefusalTexts[language]),
      ...under("release", releaseTexts[language]),
      ...under("refusal", refusalTexts[language]),
      ...presenterTexts[language],
    };
    return [language, textsOf(catalogue, { ...account, ...parts })];
  }),
) as Record<Language, Texts>;
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
