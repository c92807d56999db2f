import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

const en = {
  confirm: "Cancel booking",
  done: "The booking is cancelled. Your money is on its way back.",
  failed: "The booking could not be cancelled just now. Nothing has changed; try again in a moment.",
  keep: "Keep it",
  text: {
    one: "Your ticket for {event} becomes invalid and goes back on sale. You get {total} back.",
    other: "Your {count} tickets for {event} become invalid and go back on sale. You get {total} back.",
  },
  title: "Cancel this booking?",
  tooLate: "This booking can no longer be cancelled online.",
};

/** With the dialog, not in the catalogues that every page loads. */
export const cancelTexts: Record<Language, Record<keyof typeof en, Message>> = {
  en,
  de: {
    confirm: "Buchung stornieren",
    done: "Die Buchung ist storniert. Ihr Geld ist auf dem Rückweg.",
    failed:
      "Die Buchung konnte gerade nicht storniert werden. Es hat sich nichts geändert; versuchen Sie es gleich noch einmal.",
    keep: "Behalten",
    text: {
      one: "Ihr Ticket für {event} wird ungültig und geht zurück in den Verkauf. Sie erhalten {total} zurück.",
      other:
        "Ihre {count} Tickets für {event} werden ungültig und gehen zurück in den Verkauf. Sie erhalten {total} zurück.",
    },
    title: "Diese Buchung stornieren?",
    tooLate: "Diese Buchung kann online nicht mehr storniert werden.",
  },
  es: {
    confirm: "Cancelar la reserva",
    done: "La reserva está cancelada. Su dinero va de vuelta.",
    failed: "No se pudo cancelar la reserva ahora. Nada ha cambiado; inténtelo de nuevo en un momento.",
    keep: "Conservarla",
    text: {
      one: "Su entrada para {event} deja de ser válida y vuelve a la venta. Recibirá {total}.",
      other: "Sus {count} entradas para {event} dejan de ser válidas y vuelven a la venta. Recibirá {total}.",
    },
    title: "¿Cancelar esta reserva?",
    tooLate: "Esta reserva ya no se puede cancelar en línea.",
  },
  ar: {
    confirm: "إلغاء الحجز",
    done: "أُلغي الحجز. أموالك في طريقها إليك.",
    failed: "تعذّر إلغاء الحجز الآن. لم يتغيّر شيء؛ حاول مرة أخرى بعد قليل.",
    keep: "الاحتفاظ به",
    text: {
      one: "تصبح تذكرتك لفعالية {event} غير صالحة وتعود إلى البيع. تسترد {total}.",
      two: "تصبح تذكرتاك لفعالية {event} غير صالحتين وتعودان إلى البيع. تسترد {total}.",
      other: "تصبح تذاكرك ({count}) لفعالية {event} غير صالحة وتعود إلى البيع. تسترد {total}.",
    },
    title: "هل تريد إلغاء هذا الحجز؟",
    tooLate: "لم يعد ممكنًا إلغاء هذا الحجز عبر الإنترنت.",
  },
};

export const useCancelTexts = ownTexts(cancelTexts);
