import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";
import type { Format } from "@/i18n/format";
import { useI18n } from "@/i18n/i18n";
import { formatMessage, type Language, type MessageKey, type Parameters } from "@/i18n/messages";
import { loadOrganiseCatalogue, type OrganiseCatalogue, type OrganiseKey } from "./messages";

/** Texts of this app, and those that it shares with the shop. */
export type TextKey = OrganiseKey | MessageKey;
export type Texts = (key: TextKey, parameters?: Parameters) => string;

interface Text {
  t: Texts;
  format: Format;
  language: Language;
  /** Loads the texts of another language, so that it can be shown as a whole. */
  prepare: (language: Language) => Promise<void>;
}

const TextContext = createContext<Text | undefined>(undefined);

interface TextProviderProps {
  language: Language;
  catalogue: OrganiseCatalogue;
  children: ReactNode;
}

/** The organisers' own texts, on top of the shop's. */
export function TextProvider({ language: first, catalogue, children }: TextProviderProps) {
  const { t: shared, format, language } = useI18n();
  const [loaded, setLoaded] = useState<Partial<Record<Language, OrganiseCatalogue>>>({ [first]: catalogue });
  const prepare = useCallback(async (next: Language) => {
    const texts = await loadOrganiseCatalogue(next);
    setLoaded((known) => ({ ...known, [next]: texts }));
  }, []);
  const value = useMemo<Text>(() => {
    const own: Partial<OrganiseCatalogue> = loaded[language] ?? catalogue;
    const t: Texts = (key, parameters) => {
      const message = own[key as OrganiseKey];
      return message === undefined
        ? shared(key as MessageKey, parameters)
        : formatMessage(message, language, parameters);
    };
    return { t, format, language, prepare };
  }, [loaded, catalogue, language, shared, format, prepare]);
  return <TextContext value={value}>{children}</TextContext>;
}

export function useText(): Text {
  const value = use(TextContext);
  if (value === undefined) throw new Error("useText is used outside of TextProvider.");
  return value;
}
