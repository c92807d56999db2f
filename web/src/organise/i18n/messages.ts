import type { Language, Message } from "@/i18n/messages";
import type { en } from "./catalogues/en";

export type OrganiseKey = keyof typeof en;
/** Every catalogue has every key: the compiler says which one is missing. */
export type OrganiseCatalogue = Record<OrganiseKey, Message>;

const loaders: Record<Language, () => Promise<OrganiseCatalogue>> = {
  en: () => import("./catalogues/en").then((module) => module.en),
  de: () => import("./catalogues/de").then((module) => module.de),
  es: () => import("./catalogues/es").then((module) => module.es),
  ar: () => import("./catalogues/ar").then((module) => module.ar),
};

export function loadOrganiseCatalogue(language: Language): Promise<OrganiseCatalogue> {
  return loaders[language]();
}
