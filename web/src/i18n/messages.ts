import type { en } from "./catalogues/en";
import type { PlaceWords } from "./place-names";

/** A text, or one for each plural form that the language has; chosen by the parameter `count`. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type MessageKey = Exclude<keyof typeof en, "placeWords">;
/** Every catalogue has every key: the compiler says which one is missing. */
export type Catalogue = Record<MessageKey, Message> & { placeWords: PlaceWords };
export type Parameters = Record<string, string | number>;

export const languages = ["en", "de", "es", "ar"] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: "English", de: "Deutsch", es: "Español", ar: "العربية" };

export function isLanguage(value: string): value is Language {
  return (languages as readonly string[]).includes(value);
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

const loaders: Record<Language, () => Promise<Catalogue>> = {
  en: () => import("./catalogues/en").then((module) => module.en),
  de: () => import("./catalogues/de").then((module) => module.de),
  es: () => import("./catalogues/es").then((module) => module.es),
  ar: () => import("./catalogues/ar").then((module) => module.ar),
};

export function loadCatalogue(language: Language): Promise<Catalogue> {
  return loaders[language]();
}

// Made once: making one takes longer than all that is done with it on a page.
const plurals = new Map<Language, Intl.PluralRules>();
const numbers = new Map<Language, Intl.NumberFormat>();

function made<T>(known: Map<Language, T>, language: Language, make: () => T): T {
  const value = known.get(language) ?? make();
  known.set(language, value);
  return value;
}

/** Chooses the plural form and fills in `{name}`; numbers as the language writes them. */
export function formatMessage(message: Message, language: Language, parameters: Parameters = {}): string {
  let text: string;
  if (typeof message === "string") text = message;
  else {
    const count = Number(parameters.count ?? 0);
    const form = made(plurals, language, () => new Intl.PluralRules(language)).select(count);
    // Nothing has a form of its own in few languages, and words of its own in most.
    text = (count === 0 ? message.zero : undefined) ?? message[form] ?? message.other ?? "";
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    if (typeof value === "string") return value;
    return made(numbers, language, () => new Intl.NumberFormat(language)).format(value);
  });
}
