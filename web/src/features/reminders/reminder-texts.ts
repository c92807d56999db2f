import type { Language } from "@/i18n/messages";

export interface ReminderTexts {
  open: string;
  text: string;
  email: string;
  ask: string;
  badEmail: string;
  tooMany: string;
  failed: string;
  /** To an address, or to that of the account. */
  asked: (email: string | undefined) => string;
  full: string;
  confirmed: string;
  linkInvalid: string;
  doneOwn: string;
  ended: string;
}

export const reminderTexts: Record<Language, ReminderTexts> = {
  en: {
    open: "Remind me by e-mail",
    text: "You get one mail a day before the sale and one 15 minutes before it. Each has a link that ends this.",
    email: "E-mail address",
    ask: "Remind me",
    badEmail: "This is no e-mail address.",
    tooMany: "That was often. Try again in some minutes.",
    failed: "This did not work. Try again in a moment.",
    asked: (email) =>
      `Almost done: confirm it within a day by the link in the mail to ${email ?? "your account's address"}.`,
    full: "You have 20 reminders already. End one by the link in one of its mails.",
    confirmed: "Confirmed. A reminder goes to your address before the sale begins.",
    linkInvalid: "This link does not work any more: its day is over, or the sale has begun.",
    doneOwn: "A reminder goes to your account's address before the sale begins.",
    ended: "You get no more mails about this sale.",
  },
  de: {
    open: "Per E-Mail erinnern",
    text: "Sie bekommen eine Mail am Tag vor dem Verkaufsstart und eine 15 Minuten davor. Jede hat einen Link, der das beendet.",
    email: "E-Mail-Adresse",
    ask: "Erinnern",
    badEmail: "Das ist keine E-Mail-Adresse.",
    tooMany: "Das war oft. Versuchen Sie es in einigen Minuten noch einmal.",
    failed: "Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.",
    asked: (email) =>
      `Fast fertig: Bestätigen Sie es innerhalb eines Tages mit dem Link in der Mail an ${email ?? "die Adresse Ihres Kontos"}.`,
    full: "Sie haben schon 20 Erinnerungen. Beenden Sie eine mit dem Link in einer ihrer Mails.",
    confirmed: "Bestätigt. Vor dem Verkaufsstart geht eine Erinnerung an Ihre Adresse.",
    linkInvalid: "Dieser Link gilt nicht mehr: Sein Tag ist um, oder der Verkauf hat begonnen.",
    doneOwn: "Vor dem Verkaufsstart geht eine Erinnerung an die Adresse Ihres Kontos.",
    ended: "Sie bekommen keine Mails mehr zu diesem Verkauf.",
  },
  es: {
    open: "Avisarme por correo",
    text: "Recibirá un correo un día antes de la venta y otro 15 minutos antes. Cada uno lleva un enlace para terminarlo.",
    email: "Correo electrónico",
    ask: "Avisarme",
    badEmail: "No es una dirección de correo.",
    tooMany: "Han sido muchas veces. Inténtelo de nuevo en unos minutos.",
    failed: "No ha funcionado. Inténtelo de nuevo en un momento.",
    asked: (email) =>
      `Casi listo: confírmelo en un día con el enlace del correo enviado a ${email ?? "la dirección de su cuenta"}.`,
    full: "Ya tiene 20 avisos. Termine uno con el enlace de uno de sus correos.",
    confirmed: "Confirmado. Antes de la venta se enviará un aviso a su dirección.",
    linkInvalid: "Este enlace ya no funciona: ha pasado su plazo de un día o la venta ha empezado.",
    doneOwn: "Antes de la venta se enviará un aviso a la dirección de su cuenta.",
    ended: "No recibirá más correos sobre esta venta.",
  },
  ar: {
    open: "ذكّرني بالبريد الإلكتروني",
    text: "تصلك رسالة قبل البيع بيوم وأخرى قبله بـ 15 دقيقة. في كل منهما رابط لإيقاف ذلك.",
    email: "البريد الإلكتروني",
    ask: "ذكّرني",
    badEmail: "هذا ليس عنوان بريد إلكتروني.",
    tooMany: "حاولت مرات كثيرة. حاول مجددًا بعد دقائق.",
    failed: "لم ينجح ذلك. حاول مرة أخرى بعد قليل.",
    asked: (email) =>
      `خطوة أخيرة: أكّد خلال يوم بالرابط الموجود في الرسالة إلى ${email === undefined ? "عنوان حسابك" : `\u2068${email}\u2069`}.`,
    full: "لديك 20 تذكيرًا بالفعل. أوقف أحدها بالرابط الموجود في إحدى رسائله.",
    confirmed: "تم التأكيد. سيصل تذكير إلى عنوانك قبل بدء البيع.",
    linkInvalid: "لم يعد هذا الرابط صالحًا: انقضى يومه أو بدأ البيع.",
    doneOwn: "سيصل تذكير إلى عنوان حسابك قبل بدء البيع.",
    ended: "لن تصلك رسائل أخرى عن هذا البيع.",
  },
};
