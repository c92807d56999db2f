import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";

const en = {
  have: "I have a code",
  label: "Code",
  apply: "Use the code",
  taken: "The code {code} is taken for places that you hold with it.",
  reduced: "Prices are with the code {code}.",
  remove: "Go on without the code",
  refused:
    "This code is not taken: it is unknown, over or used up, or it is not for these tickets. Nothing was booked.",
  tooMany: "Too many codes that are not taken were tried from this network. Go on without a code, or try again later.",
  failed: "The code could not be checked just now. Try again in a moment.",
  presale: "With a presale code you can choose places now.",
  notPresale: "This code is taken when the sale has begun.",
};

export type CodeTexts = typeof en;

/** With the field, not in the catalogues that every page loads: few buyers have a code. */
const texts: Record<Language, CodeTexts> = {
  en,
  de: {
    have: "Ich habe einen Code",
    label: "Code",
    apply: "Code verwenden",
    taken: "Der Code {code} gilt für Plätze, die Sie damit reservieren.",
    reduced: "Die Preise gelten mit dem Code {code}.",
    remove: "Ohne den Code weiter",
    refused:
      "Dieser Code gilt nicht: Er ist unbekannt, abgelaufen oder aufgebraucht, oder er ist nicht für diese Tickets. Es wurde nichts gebucht.",
    tooMany:
      "Aus diesem Netz wurden zu viele Codes versucht, die nicht gelten. Gehen Sie ohne Code weiter, oder versuchen Sie es später noch einmal.",
    failed: "Der Code konnte gerade nicht geprüft werden. Versuchen Sie es gleich noch einmal.",
    presale: "Mit einem Vorverkaufscode können Sie schon jetzt Plätze wählen.",
    notPresale: "Dieser Code gilt, sobald der Verkauf begonnen hat.",
  },
  es: {
    have: "Tengo un código",
    label: "Código",
    apply: "Usar el código",
    taken: "El código {code} vale para las plazas que reserve con él.",
    reduced: "Los precios son con el código {code}.",
    remove: "Seguir sin el código",
    refused:
      "Este código no vale: es desconocido, ha caducado o se ha agotado, o no es para estas entradas. No se ha reservado nada.",
    tooMany:
      "Desde esta red se han probado demasiados códigos que no valen. Siga sin código o vuelva a intentarlo más tarde.",
    failed: "No se ha podido comprobar el código. Vuelva a intentarlo en un momento.",
    presale: "Con un código de preventa puede elegir plazas ahora.",
    notPresale: "Este código vale cuando haya empezado la venta.",
  },
  ar: {
    have: "لدي رمز",
    label: "الرمز",
    apply: "استخدام الرمز",
    taken: "الرمز {code} يسري على الأماكن التي تحجزها به.",
    reduced: "الأسعار محسوبة بالرمز {code}.",
    remove: "المتابعة بدون الرمز",
    refused: "هذا الرمز غير مقبول: إما غير معروف أو منتهٍ أو مستنفد، أو ليس لهذه التذاكر. لم يُحجز شيء.",
    tooMany: "جُرّبت من هذه الشبكة رموز كثيرة غير مقبولة. تابع بدون رمز أو حاول لاحقًا.",
    failed: "تعذر التحقق من الرمز الآن. حاول مرة أخرى بعد قليل.",
    presale: "برمز البيع المسبق يمكنك اختيار الأماكن الآن.",
    notPresale: "يسري هذا الرمز عند بدء البيع.",
  },
};

export function useCodeTexts(): CodeTexts {
  return texts[useI18n().language];
}
