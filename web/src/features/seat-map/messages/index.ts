import type { Language, Message, Parameters } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";
import { ar } from "./ar";
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";

export type SeatMapMessage = keyof typeof en;
export type SeatMapCatalogue = Record<SeatMapMessage, Message>;
export type TranslateSeatMap = (key: SeatMapMessage, parameters?: Parameters) => string;

const catalogues: Record<Language, SeatMapCatalogue> = { en, de, es, ar };

/**
 * The map's own words: they come with it, and cost nothing where there is no map. All languages are two kilobytes: less
 * than the request that one of them would be.
 */
export const useSeatMapMessages = ownTexts(catalogues);
