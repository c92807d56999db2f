import { useCallback } from "react";
import { useI18n } from "@/i18n/i18n";
import { formatMessage, type Language, type Message, type Parameters } from "@/i18n/messages";
import { ar } from "./ar";
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";

type FavouritesMessage = keyof typeof en;
export type FavouritesCatalogue = Record<FavouritesMessage, Message>;
export type TranslateFavourites = (key: FavouritesMessage, parameters?: Parameters) => string;

const catalogues: Record<Language, FavouritesCatalogue> = { en, de, es, ar };

/** Words that come with the hearts, after the page: they cost nothing before it is seen. */
export function useFavouritesMessages(): TranslateFavourites {
  const { language } = useI18n();
  const catalogue = catalogues[language];
  return useCallback((key, parameters) => formatMessage(catalogue[key], language, parameters), [catalogue, language]);
}
