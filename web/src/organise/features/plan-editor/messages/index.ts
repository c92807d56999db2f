import { useCallback } from "react";
import { formatMessage, type Language, type Message, type Parameters } from "@/i18n/messages";
import { useText } from "../../../i18n/text";
import { ar } from "./ar";
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";

export type EditorMessage = keyof typeof en;
export type EditorCatalogue = Record<EditorMessage, Message>;
export type TranslateEditor = (key: EditorMessage, parameters?: Parameters) => string;

const catalogues: Record<Language, EditorCatalogue> = { en, de, es, ar };

/** The editor's own words: they come with it, and cost nothing on the other pages. */
export function useEditorText() {
  const { language, format } = useText();
  const catalogue = catalogues[language];
  const t: TranslateEditor = useCallback(
    (key, parameters) => formatMessage(catalogue[key], language, parameters),
    [catalogue, language],
  );
  return { t, format, language };
}
