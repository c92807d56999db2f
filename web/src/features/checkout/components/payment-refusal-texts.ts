import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

const en = {
  attemptsLeft: {
    one: "Nothing was charged. Your places are still kept: you can try once more.",
    other: "Nothing was charged. Your places are still kept: you can try {count} more times.",
  },
  declined: "The payment was declined",
  unanswered: "The bank did not answer",
  unansweredText: "Nothing was charged, and your places are still kept: try again, or pay another way.",
};

/** With the part of the page that says it, not in the catalogues that every page loads. */
export const paymentRefusalTexts: Record<Language, Record<keyof typeof en, Message>> = {
  en,
  de: {
    attemptsLeft: {
      one: "Es wurde nichts berechnet. Ihre Plätze bleiben reserviert: Sie können es noch einmal versuchen.",
      other: "Es wurde nichts berechnet. Ihre Plätze bleiben reserviert: Sie können es noch {count} Mal versuchen.",
    },
    declined: "Die Zahlung wurde abgelehnt",
    unanswered: "Die Bank hat nicht geantwortet",
    unansweredText:
      "Es wurde nichts berechnet, und Ihre Plätze bleiben reserviert: versuchen Sie es noch einmal oder zahlen Sie anders.",
  },
  es: {
    attemptsLeft: {
      one: "No se ha cobrado nada. Sus plazas siguen guardadas: puede intentarlo una vez más.",
      other: "No se ha cobrado nada. Sus plazas siguen guardadas: puede intentarlo {count} veces más.",
    },
    declined: "El pago fue rechazado",
    unanswered: "El banco no respondió",
    unansweredText: "No se ha cobrado nada y sus plazas siguen guardadas: inténtelo de nuevo o pague de otra forma.",
  },
  ar: {
    attemptsLeft: {
      one: "لم يُخصم شيء. أماكنك ما زالت محفوظة: يمكنك المحاولة مرة أخرى.",
      two: "لم يُخصم شيء. أماكنك ما زالت محفوظة: يمكنك المحاولة مرتين.",
      few: "لم يُخصم شيء. أماكنك ما زالت محفوظة: يمكنك المحاولة {count} مرات.",
      other: "لم يُخصم شيء. أماكنك ما زالت محفوظة: يمكنك المحاولة {count} مرة.",
    },
    declined: "رُفض الدفع",
    unanswered: "لم يردّ البنك",
    unansweredText: "لم يُخصم شيء، وأماكنك ما زالت محفوظة: حاول مرة أخرى أو ادفع بطريقة أخرى.",
  },
};

export const usePaymentRefusalTexts = ownTexts(paymentRefusalTexts);
