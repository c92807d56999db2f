import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

const en = {
  more: "Show more",
  none: "No bookings ahead",
  nonePast: "No past bookings",
  nonePastText: "Past events and cancelled bookings are listed here.",
  noneText: "When you buy tickets, you find them here.",
  past: "Past",
  title: "My bookings",
  upcoming: "Upcoming",
  which: "Which bookings",
};

/** With the page, not in the catalogues that every page loads. */
export const myBookingsTexts: Record<Language, Record<keyof typeof en, Message>> = {
  en,
  de: {
    more: "Mehr anzeigen",
    none: "Keine kommenden Buchungen",
    nonePast: "Keine vergangenen Buchungen",
    nonePastText: "Vergangene Veranstaltungen und stornierte Buchungen stehen hier.",
    noneText: "Gekaufte Tickets finden Sie hier.",
    past: "Vergangen",
    title: "Meine Buchungen",
    upcoming: "Kommend",
    which: "Welche Buchungen",
  },
  es: {
    more: "Mostrar más",
    none: "No hay reservas próximas",
    nonePast: "No hay reservas pasadas",
    nonePastText: "Aquí están los eventos pasados y las reservas canceladas.",
    noneText: "Aquí encontrará las entradas que compre.",
    past: "Pasadas",
    title: "Mis reservas",
    upcoming: "Próximas",
    which: "Qué reservas",
  },
  ar: {
    more: "عرض المزيد",
    none: "لا حجوزات قادمة",
    nonePast: "لا حجوزات سابقة",
    nonePastText: "تُدرج هنا الفعاليات السابقة والحجوزات الملغاة.",
    noneText: "ستجد هنا التذاكر التي تشتريها.",
    past: "السابقة",
    title: "حجوزاتي",
    upcoming: "القادمة",
    which: "أي الحجوزات",
  },
};

export const useMyBookingsTexts = ownTexts(myBookingsTexts);
