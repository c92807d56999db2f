import { createContext, use } from "react";
import { formatMessage, type Language, type Message, type Parameters } from "@/i18n/messages";
import type { en } from "./catalogues/en";

export type DoorKey = keyof typeof en;
/** Every catalogue has every key: the compiler says which one is missing. */
export type DoorCatalogue = Record<DoorKey, Message>;

const loaders: Record<Language, () => Promise<DoorCatalogue>> = {
  en: () => import("./catalogues/en").then((module) => module.en),
  de: () => import("./catalogues/de").then((module) => module.de),
  es: () => import("./catalogues/es").then((module) => module.es),
  ar: () => import("./catalogues/ar").then((module) => module.ar),
};

export function loadDoorCatalogue(language: Language): Promise<DoorCatalogue> {
  return loaders[language]();
}

interface Text {
  t: (key: DoorKey, parameters?: Parameters) => string;
  language: Language;
  /** "19:42", by the event's clocks. */
  time: (instant: string | number, timeZone?: string) => string;
}

export function makeText(language: Language, catalogue: DoorCatalogue): Text {
  return {
    t: (key, parameters) => formatMessage(catalogue[key], language, parameters),
    language,
    time: (instant, timeZone) =>
      new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone }).format(new Date(instant)),
  };
}

export const TextContext = createContext<Text | undefined>(undefined);

export function useText(): Text {
  const text = use(TextContext);
  if (text === undefined) throw new Error("useText is used outside of its provider.");
  return text;
}
