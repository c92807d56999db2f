import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

const en = {
  checkNow: "Ask for the result",
  unknown: "We are checking your payment: do not pay again",
  unknownText: "Your places are kept meanwhile, and the result appears here by itself. You are never charged twice.",
};

/** With the part of the page that says it, not in the catalogues that every page loads. */
export const paymentCheckTexts: Record<Language, Record<keyof typeof en, Message>> = {
  en,
  de: {
    checkNow: "Ergebnis abfragen",
    unknown: "Wir prüfen Ihre Zahlung: zahlen Sie nicht noch einmal",
    unknownText:
      "Ihre Plätze bleiben solange reserviert, und das Ergebnis erscheint hier von selbst. Sie zahlen nie doppelt.",
  },
  es: {
    checkNow: "Consultar el resultado",
    unknown: "Comprobamos su pago: no pague otra vez",
    unknownText: "Sus plazas siguen reservadas y el resultado aparece aquí solo. Nunca se le cobra dos veces.",
  },
  ar: {
    checkNow: "اطلب النتيجة",
    unknown: "نتحقق من دفعتك: لا تدفع مرة أخرى",
    unknownText: "أماكنك محفوظة في هذه الأثناء وستظهر النتيجة هنا تلقائيًا. لن تدفع مرتين أبدًا.",
  },
};

export const usePaymentCheckTexts = ownTexts(paymentCheckTexts);
