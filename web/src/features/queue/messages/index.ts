import type { Message } from "@/i18n/messages";
import { pageTexts } from "@/i18n/page-texts";
import type { en } from "./en";

type QueueMessage = keyof typeof en;
export type QueueCatalogue = Record<QueueMessage, Message>;
export type TranslateQueue = ReturnType<typeof useQueueMessages>;

export const useQueueMessages = pageTexts<QueueMessage>({
  en: () => import("./en").then((module) => module.en),
  de: () => import("./de").then((module) => module.de),
  es: () => import("./es").then((module) => module.es),
  ar: () => import("./ar").then((module) => module.ar),
});
