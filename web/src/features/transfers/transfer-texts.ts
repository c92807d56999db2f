import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";

const en = {
  give: "Give tickets to somebody else",
  about: "The other person gets a link by e-mail. Once they accept, your code of that ticket is no longer valid.",
  ticket: "Ticket",
  email: "Their e-mail address",
  send: "Send the link",
  waiting: "Offered to {email}, not accepted yet",
  given: "Accepted by {email}",
  somebody: "somebody",
  withdraw: "Take back",
  none: "All tickets of this booking are offered or given away.",
  failed: "That did not work. Try again in a moment.",
  offered: "A ticket for you",
  name: "Your name, for the entrance (optional)",
  accept: "Take the ticket",
  taken: "This ticket was already taken.",
  withdrawn: "This ticket is not offered any more.",
  unknown: "There is no ticket behind this link. Open it as it is in the mail.",
  received: "Tickets given to you",
  empty: "Nobody has given you a ticket on this device or in this account.",
  code: "Code of the ticket {label}",
  typed: "If the code cannot be read: {code}",
  invalid: "Not valid any more: the booking was cancelled.",
};

export type TransferTexts = typeof en;

/** With the pages that need them, not in the catalogues that every page loads. */
const texts: Record<Language, TransferTexts> = {
  en,
  de: {
    give: "Tickets weitergeben",
    about:
      "Die andere Person erhält einen Link per E-Mail. Sobald sie annimmt, ist Ihr Code für dieses Ticket nicht mehr gültig.",
    ticket: "Ticket",
    email: "Deren E-Mail-Adresse",
    send: "Link senden",
    waiting: "{email} angeboten, noch nicht angenommen",
    given: "Angenommen von {email}",
    somebody: "jemandem",
    withdraw: "Zurücknehmen",
    none: "Alle Tickets dieser Buchung sind angeboten oder weitergegeben.",
    failed: "Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.",
    offered: "Ein Ticket für Sie",
    name: "Ihr Name, für den Einlass (freiwillig)",
    accept: "Ticket annehmen",
    taken: "Dieses Ticket wurde bereits angenommen.",
    withdrawn: "Dieses Ticket wird nicht mehr angeboten.",
    unknown: "Hinter diesem Link ist kein Ticket. Öffnen Sie ihn so, wie er in der E-Mail steht.",
    received: "Tickets, die Sie erhalten haben",
    empty: "Auf diesem Gerät oder in diesem Konto hat Ihnen niemand ein Ticket gegeben.",
    code: "Code des Tickets {label}",
    typed: "Falls sich der Code nicht lesen lässt: {code}",
    invalid: "Nicht mehr gültig: Die Buchung wurde storniert.",
  },
  es: {
    give: "Ceder entradas a otra persona",
    about:
      "La otra persona recibe un enlace por correo. En cuanto acepte, su código de esa entrada dejará de ser válido.",
    ticket: "Entrada",
    email: "Su dirección de correo",
    send: "Enviar el enlace",
    waiting: "Ofrecida a {email}, aún sin aceptar",
    given: "Aceptada por {email}",
    somebody: "alguien",
    withdraw: "Retirar",
    none: "Todas las entradas de esta reserva están ofrecidas o cedidas.",
    failed: "No ha funcionado. Vuelva a intentarlo en un momento.",
    offered: "Una entrada para usted",
    name: "Su nombre, para el acceso (opcional)",
    accept: "Aceptar la entrada",
    taken: "Esta entrada ya fue aceptada.",
    withdrawn: "Esta entrada ya no se ofrece.",
    unknown: "No hay ninguna entrada tras este enlace. Ábralo tal como está en el correo.",
    received: "Entradas que le han cedido",
    empty: "Nadie le ha cedido una entrada en este dispositivo o en esta cuenta.",
    code: "Código de la entrada {label}",
    typed: "Si no se puede leer el código: {code}",
    invalid: "Ya no es válida: la reserva fue cancelada.",
  },
  ar: {
    give: "إعطاء تذاكر لشخص آخر",
    about: "يصل رابط إلى الشخص الآخر عبر البريد. وحين يقبل، لا يعود رمزك لتلك التذكرة صالحًا.",
    ticket: "التذكرة",
    email: "عنوان بريده الإلكتروني",
    send: "إرسال الرابط",
    waiting: "معروضة على {email} ولم تُقبل بعد",
    given: "قبلها {email}",
    somebody: "شخص ما",
    withdraw: "سحب العرض",
    none: "كل تذاكر هذا الحجز معروضة أو أُعطيت.",
    failed: "لم ينجح ذلك. حاول مرة أخرى بعد قليل.",
    offered: "تذكرة لك",
    name: "اسمك، للمدخل (اختياري)",
    accept: "قبول التذكرة",
    taken: "سبق أن قُبلت هذه التذكرة.",
    withdrawn: "لم تعد هذه التذكرة معروضة.",
    unknown: "لا توجد تذكرة خلف هذا الرابط. افتحه كما هو في الرسالة.",
    received: "تذاكر أُعطيت لك",
    empty: "لم يعطك أحد تذكرة على هذا الجهاز أو في هذا الحساب.",
    code: "رمز التذكرة {label}",
    typed: "إذا تعذرت قراءة الرمز: {code}",
    invalid: "لم تعد صالحة: أُلغي الحجز.",
  },
};

export function useTransferTexts(): TransferTexts {
  return texts[useI18n().language];
}

export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
