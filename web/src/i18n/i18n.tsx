import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { setCookie } from "@/lib/storage";
import { makeFormat, type Format } from "./format";
import { placeName, type NamePlace } from "./place-names";
import {
  directionOf,
  formatMessage,
  isLanguage,
  loadCatalogue,
  type Catalogue,
  type Language,
  type Message,
  type MessageKey,
  type Parameters,
} from "./messages";

export type Translate = (key: MessageKey, parameters?: Parameters) => string;

interface I18n {
  language: Language;
  direction: "ltr" | "rtl";
  t: Translate;
  format: Format;
  place: NamePlace;
  setLanguage: (language: Language) => Promise<void>;
}

const I18nContext = createContext<I18n | undefined>(undefined);

/** The language that the server chose for this visitor. */
export function initialLanguage(): Language {
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : "en";
}

interface I18nProviderProps {
  language: Language;
  catalogue: Catalogue;
  children: ReactNode;
}

export function I18nProvider({ language, catalogue, children }: I18nProviderProps) {
  const [current, setCurrent] = useState({ language, catalogue });
  const value = useMemo<I18n>(
    () => ({
      language: current.language,
      direction: directionOf(current.language),
      t: (key, parameters) => formatMessage(current.catalogue[key], current.language, parameters),
      format: makeFormat(current.language, {
        midnight: textOf(current.catalogue["time.midnight"]),
        noon: textOf(current.catalogue["time.noon"]),
      }),
      place: (name) => placeName(name, current.catalogue.placeWords),
      setLanguage: async (next) => {
        const loaded = await loadCatalogue(next);
        setCookie("onsale_language", next);
        document.documentElement.lang = next;
        document.documentElement.dir = directionOf(next);
        setCurrent({ language: next, catalogue: loaded });
      },
    }),
    [current],
  );
  return <I18nContext value={value}>{children}</I18nContext>;
}

function textOf(message: Message): string {
  return typeof message === "string" ? message : (message.other ?? "");
}

export function useI18n(): I18n {
  const value = use(I18nContext);
  if (value === undefined) throw new Error("useI18n is used outside of I18nProvider.");
  return value;
}
