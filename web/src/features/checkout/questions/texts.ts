import type { Language } from "@/i18n/messages";

/** What the part says itself; the questions are in the organiser's words. */
export const texts: Record<Language, { optional: string; choose: string; open: string }> = {
  en: {
    optional: "optional",
    choose: "Please choose",
    open: "The organiser asks something that is not answered yet. Nothing was charged.",
  },
  de: {
    optional: "freiwillig",
    choose: "Bitte wählen",
    open: "Eine Frage des Veranstalters ist noch offen. Es wurde nichts abgebucht.",
  },
  es: {
    optional: "opcional",
    choose: "Elija una opción",
    open: "Falta responder a una pregunta del organizador. No se ha cobrado nada.",
  },
  ar: {
    optional: "اختياري",
    choose: "اختر من فضلك",
    open: "هناك سؤال من المنظم لم تتم الإجابة عنه بعد. لم يُخصم أي مبلغ.",
  },
};
