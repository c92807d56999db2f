import type { Language } from "@/i18n/messages";

/** The pages that say how the shop works; each is text of the same shape in every language. */
export const infoPages = ["help", "terms", "privacy", "imprint"] as const;
export type InfoPageName = (typeof infoPages)[number];

export interface InfoSection {
  heading: string;
  paragraphs: readonly string[];
}

export interface InfoText {
  title: string;
  lead: string;
  sections: readonly InfoSection[];
}

export type InfoTexts = Record<InfoPageName, InfoText>;

// One file a language, and only with these pages: no other page waits for them.
const loaders: Record<Language, () => Promise<InfoTexts>> = {
  en: () => import("../content/en").then(({ texts }) => texts),
  de: () => import("../content/de").then(({ texts }) => texts),
  es: () => import("../content/es").then(({ texts }) => texts),
  ar: () => import("../content/ar").then(({ texts }) => texts),
};

export function loadInfo(language: Language): Promise<InfoTexts> {
  return loaders[language]();
}
