import type { Language } from "@/i18n/messages";

interface ReminderTexts {
  open: string;
  text: string;
  email: string;
  ask: string;
  badEmail: string;
  tooMany: string;
  failed: string;
  done: (email: string) => string;
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
    done: (email) => `A reminder goes to ${email} before the sale begins.`,
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
    done: (email) => `Vor dem Verkaufsstart geht eine Erinnerung an ${email}.`,
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
    done: (email) => `Antes de la venta se enviará un aviso a ${email}.`,
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
    done: (email) => `سيصل تذكير إلى \u2068${email}\u2069 قبل بدء البيع.`,
    doneOwn: "سيصل تذكير إلى عنوان حسابك قبل بدء البيع.",
    ended: "لن تصلك رسائل أخرى عن هذا البيع.",
  },
};
