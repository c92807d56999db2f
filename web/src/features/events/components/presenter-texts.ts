import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

const en = {
  "organiser.contact": "Contact",
  "organiser.kind": "Organiser",
  "organiser.more": "More",
  "organiser.website": "Website",
  "presenter.events": "Events to come",
  "venue.access": "Access",
  "venue.accessUnknown": "Nothing is said about access yet. Ask the organiser who is named on the event’s page.",
  "venue.address": "Address",
  "venue.kind": "Venue",
  "venue.map": "Open on a map",
  "venue.transport": "Getting there",
};

/** With the pages of venues and organisers, not in the catalogues that every page loads. */
export const presenterTexts: Record<Language, Record<keyof typeof en, Message>> = {
  en,
  de: {
    "organiser.contact": "Kontakt",
    "organiser.kind": "Veranstalter",
    "organiser.more": "Mehr",
    "organiser.website": "Website",
    "presenter.events": "Kommende Veranstaltungen",
    "venue.access": "Zugang",
    "venue.accessUnknown":
      "Zum Zugang ist noch nichts angegeben. Fragen Sie den Veranstalter, der auf der Seite der Veranstaltung steht.",
    "venue.address": "Adresse",
    "venue.kind": "Veranstaltungsort",
    "venue.map": "Auf einer Karte öffnen",
    "venue.transport": "Anfahrt",
  },
  es: {
    "organiser.contact": "Contacto",
    "organiser.kind": "Organizador",
    "organiser.more": "Más",
    "organiser.website": "Sitio web",
    "presenter.events": "Próximos eventos",
    "venue.access": "Acceso",
    "venue.accessUnknown":
      "Aún no se dice nada sobre el acceso. Pregunte al organizador que figura en la página del evento.",
    "venue.address": "Dirección",
    "venue.kind": "Recinto",
    "venue.map": "Abrir en un mapa",
    "venue.transport": "Cómo llegar",
  },
  ar: {
    "organiser.contact": "التواصل",
    "organiser.kind": "المنظّم",
    "organiser.more": "المزيد",
    "organiser.website": "الموقع الإلكتروني",
    "presenter.events": "الفعاليات القادمة",
    "venue.access": "سهولة الوصول",
    "venue.accessUnknown": "لا معلومات عن سهولة الوصول بعد. اسأل المنظّم المذكور في صفحة الفعالية.",
    "venue.address": "العنوان",
    "venue.kind": "المكان",
    "venue.map": "فتح على الخريطة",
    "venue.transport": "كيف تصل",
  },
};

export const usePresenterTexts = ownTexts(presenterTexts);
