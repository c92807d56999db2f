import { useCallback, useMemo } from "react";
import { useI18n } from "@/i18n/i18n";
import type { Message, MessageKey, Parameters } from "@/i18n/messages";
import { pageTexts } from "@/i18n/page-texts";
import type { en } from "./en";

type AccountMessage = keyof typeof en;
export type AccountCatalogue = Record<AccountMessage, Message>;
export type TranslateAccount = (key: MessageKey | AccountMessage, parameters?: Parameters) => string;

const useAccountTexts = pageTexts<AccountMessage>({
  en: () => import("./en").then((module) => module.en),
  de: () => import("./de").then((module) => module.de),
  es: () => import("./es").then((module) => module.es),
  ar: () => import("./ar").then((module) => module.ar),
});
const isOwn = (key: MessageKey | AccountMessage): key is AccountMessage => /^(?:profile|reset|verify)\./.test(key);

/** All that pages of accounts say: their own texts, and those that every page has. */
export function useAccountI18n() {
  const i18n = useI18n();
  const { t: common } = i18n;
  const own = useAccountTexts();
  const t: TranslateAccount = useCallback(
    (key, parameters) => (isOwn(key) ? own(key, parameters) : common(key, parameters)),
    [own, common],
  );
  return useMemo(() => ({ ...i18n, t }), [i18n, t]);
}
