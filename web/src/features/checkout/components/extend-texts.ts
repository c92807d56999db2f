import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

const en = {
  done: "Your places are kept for {time} minutes more.",
  no: "No, thank you",
  refused: "The time could not be extended. Your places are kept until it is over.",
  text: "The time for your places at {event} is nearly over. Then they are free for others.",
  title: "Do you need more time?",
  yes: "Yes, keep them longer",
};

/** With the dialog, not in the catalogues that every page loads. */
export const extendTexts: Record<Language, Record<keyof typeof en, Message>> = {
  en,
  de: {
    done: "Ihre Plätze sind noch {time} Minuten reserviert.",
    no: "Nein, danke",
    refused: "Die Zeit ließ sich nicht verlängern. Ihre Plätze bleiben reserviert, bis sie um ist.",
    text: "Die Zeit für Ihre Plätze bei {event} ist fast um. Danach sind sie für andere frei.",
    title: "Brauchen Sie mehr Zeit?",
    yes: "Ja, länger reservieren",
  },
  es: {
    done: "Sus plazas se guardan {time} minutos más.",
    no: "No, gracias",
    refused: "No se pudo ampliar el tiempo. Sus plazas se guardan hasta que termine.",
    text: "El tiempo para sus plazas en {event} está a punto de terminar. Después quedan libres para otros.",
    title: "¿Necesita más tiempo?",
    yes: "Sí, guardarlas más tiempo",
  },
  ar: {
    done: "أماكنك محفوظة لمدة {time} دقيقة أخرى.",
    no: "لا، شكرًا",
    refused: "تعذّر تمديد الوقت. تبقى أماكنك محفوظة حتى ينتهي.",
    text: "وقت أماكنك في {event} يوشك أن ينتهي، وبعده تصبح متاحة لغيرك.",
    title: "هل تحتاج إلى وقت إضافي؟",
    yes: "نعم، احفظها مدة أطول",
  },
};

export const useExtendTexts = ownTexts(extendTexts);
