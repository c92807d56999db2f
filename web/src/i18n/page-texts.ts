import { use, useCallback } from "react";
import { untilLoaded } from "@/lib/later";
import { useI18n } from "./i18n";
import { formatMessage, type Language, type Message, type Parameters } from "./messages";

type Loaders<Key extends string> = Record<Language, () => Promise<Record<Key, Message>>>;

/** A hook for the few texts of a part that has a file of its own: they are in it, in all languages. */
export function ownTexts<Key extends string>(catalogues: Record<Language, Record<Key, Message>>) {
  return function useOwnTexts(): (key: Key, parameters?: Parameters) => string {
    const { language } = useI18n();
    const texts = catalogues[language];
    return useCallback((key, parameters) => formatMessage(texts[key], language, parameters), [texts, language]);
  };
}

/**
 * A hook for the texts of pages that few visitors see: they come with the page, in the visitor's language, and not in
 * the catalogue that every page loads. The page suspends until they are there.
 */
export function pageTexts<Key extends string>(loaders: Loaders<Key>) {
  // One promise a language: a component that waits for it is given the same one each time it is drawn.
  const loading = new Map<Language, Promise<Record<Key, Message>>>();
  return function usePageTexts(): (key: Key, parameters?: Parameters) => string {
    const { language } = useI18n();
    const known = loading.get(language) ?? untilLoaded(loaders[language]);
    loading.set(language, known);
    const texts = use(known);
    return useCallback((key, parameters) => formatMessage(texts[key], language, parameters), [texts, language]);
  };
}
