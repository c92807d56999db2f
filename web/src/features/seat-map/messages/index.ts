import { use, useCallback } from "react";
import { useI18n } from "@/i18n/i18n";
import { formatMessage, type Language, type Message, type Parameters } from "@/i18n/messages";
import type { en } from "./en";

export type SeatMapMessage = keyof typeof en;
export type SeatMapCatalogue = Record<SeatMapMessage, Message>;
export type TranslateSeatMap = (key: SeatMapMessage, parameters?: Parameters) => string;

const loaders: Record<Language, () => Promise<SeatMapCatalogue>> = {
  en: () => import("./en").then((module) => module.en),
  de: () => import("./de").then((module) => module.de),
  es: () => import("./es").then((module) => module.es),
  ar: () => import("./ar").then((module) => module.ar),
};

const loaded = new Map<Language, Promise<SeatMapCatalogue>>();

function load(language: Language): Promise<SeatMapCatalogue> {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const catalogue = loaders[language]();
  loaded.set(language, catalogue);
  // A connection that broke once may be back the next time.
  catalogue.catch(() => loaded.delete(language));
  return catalogue;
}

/** The map's own words: they come with it, and cost nothing where there is no map. */
export function useSeatMapMessages(): TranslateSeatMap {
  const { language } = useI18n();
  const catalogue = use(load(language));
  return useCallback((key, parameters) => formatMessage(catalogue[key], language, parameters), [catalogue, language]);
}
