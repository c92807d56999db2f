import type { Language, Message, Parameters } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";
import { ar } from "./ar";
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";

type FavouritesMessage = keyof typeof en;
export type FavouritesCatalogue = Record<FavouritesMessage, Message>;
export type TranslateFavourites = (key: FavouritesMessage, parameters?: Parameters) => string;

const catalogues: Record<Language, FavouritesCatalogue> = { en, de, es, ar };

/** Words that come with the hearts, after the page: they cost nothing before it is seen. */
export const useFavouritesMessages = ownTexts(catalogues);
