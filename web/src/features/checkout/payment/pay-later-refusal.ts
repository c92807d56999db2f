import { NoAnswerError, problemOf } from "@/api/problem";
import type { Language } from "@/i18n/messages";

type Reason =
  "noAnswer" | "tooFast" | "busy" | "readOnly" | "ended" | "paying" | "paid" | "cancelled" | "off" | "unknown";

const byCode: Readonly<Record<string, Reason>> = {
  "rate-limited": "tooFast",
  overloaded: "busy",
  unavailable: "busy",
  "outcome-unknown": "busy",
  "read-only": "readOnly",
  "hold-expired": "ended",
  "booking-not-found": "ended",
  "payment-in-progress": "paying",
  "not-extendable": "paid",
  "already-cancelled": "cancelled",
  "not-on-sale": "off",
  "no-pay-later": "off",
};

const texts: Record<Language, Record<Reason, string>> = {
  en: {
    noAnswer: "No answer came: check your connection and try again. Choosing it twice changes nothing.",
    tooFast: "Too many requests came from you or your network. Wait a minute and try again.",
    busy: "Many people are buying right now. Try again in a moment; your places are kept until the time above.",
    readOnly: "Nothing can be changed for the moment. Try again later; your places are kept.",
    ended: "Your time has run out and the places are free again. Choose anew.",
    paying: "A payment for these places is under way. Wait for its result.",
    paid: "These places are paid already. You find your tickets under your bookings.",
    cancelled: "This booking was cancelled.",
    off: "The organiser does not take bank transfers for these places any more. Please pay above.",
    unknown: "This did not work and nothing has changed. Try again, or pay above.",
  },
  de: {
    noAnswer:
      "Es kam keine Antwort: Prüfen Sie die Verbindung und versuchen Sie es erneut. Zweimal wählen schadet nicht.",
    tooFast:
      "Von Ihnen oder aus Ihrem Netz kamen zu viele Anfragen. Warten Sie eine Minute und versuchen Sie es erneut.",
    busy: "Gerade kaufen viele. Versuchen Sie es gleich noch einmal; Ihre Plätze bleiben bis zur Zeit oben reserviert.",
    readOnly: "Im Moment lässt sich nichts ändern. Versuchen Sie es später; Ihre Plätze bleiben reserviert.",
    ended: "Ihre Zeit ist abgelaufen, die Plätze sind wieder frei. Wählen Sie neu.",
    paying: "Für diese Plätze läuft eine Zahlung. Warten Sie auf ihr Ergebnis.",
    paid: "Diese Plätze sind schon bezahlt. Die Tickets finden Sie bei Ihren Buchungen.",
    cancelled: "Diese Buchung wurde storniert.",
    off: "Der Veranstalter nimmt für diese Plätze keine Überweisungen mehr an. Bitte zahlen Sie oben.",
    unknown: "Das hat nicht geklappt, und nichts hat sich geändert. Versuchen Sie es erneut oder zahlen Sie oben.",
  },
  es: {
    noAnswer: "No hubo respuesta: compruebe la conexión e inténtelo de nuevo. Elegirlo dos veces no cambia nada.",
    tooFast: "Llegaron demasiadas peticiones suyas o de su red. Espere un minuto e inténtelo de nuevo.",
    busy: "Mucha gente está comprando. Inténtelo dentro de un momento; sus plazas siguen guardadas hasta la hora indicada.",
    readOnly: "Por ahora no se puede cambiar nada. Inténtelo más tarde; sus plazas siguen guardadas.",
    ended: "Su tiempo ha terminado y las plazas vuelven a estar libres. Elija de nuevo.",
    paying: "Hay un pago en curso para estas plazas. Espere el resultado.",
    paid: "Estas plazas ya están pagadas. Encontrará las entradas en sus reservas.",
    cancelled: "Esta reserva se canceló.",
    off: "El organizador ya no acepta transferencias para estas plazas. Pague arriba.",
    unknown: "No ha funcionado y nada ha cambiado. Inténtelo de nuevo o pague arriba.",
  },
  ar: {
    noAnswer: "لم يصل رد: تحقق من اتصالك وحاول مجددًا. اختياره مرتين لا يغيّر شيئًا.",
    tooFast: "وصلت طلبات كثيرة منك أو من شبكتك. انتظر دقيقة ثم حاول مجددًا.",
    busy: "كثيرون يشترون الآن. حاول بعد لحظات؛ تبقى أماكنك محفوظة حتى الوقت المبيّن أعلاه.",
    readOnly: "لا يمكن تغيير شيء الآن. حاول لاحقًا؛ أماكنك محفوظة.",
    ended: "انتهى وقتك وعادت الأماكن متاحة. اختر من جديد.",
    paying: "هناك دفعة جارية لهذه الأماكن. انتظر نتيجتها.",
    paid: "هذه الأماكن مدفوعة بالفعل. تجد تذاكرك ضمن حجوزاتك.",
    cancelled: "أُلغي هذا الحجز.",
    off: "لم يعد المنظّم يقبل التحويل لهذه الأماكن. ادفع أعلاه.",
    unknown: "لم ينجح ذلك ولم يتغير شيء. حاول مجددًا أو ادفع أعلاه.",
  },
};

/** Why a booking is not paid later, and what to do; what a field or a question lacks is said elsewhere. */
export function payLaterRefusal(error: unknown, language: Language): string {
  const reason = error instanceof NoAnswerError ? "noAnswer" : byCode[problemOf(error)?.code ?? ""];
  return texts[language][reason ?? "unknown"];
}
