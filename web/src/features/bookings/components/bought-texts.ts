import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

/** Words that come with their part of the page: they cost nothing before it is needed. */
export const boughtTexts: Record<Language, Record<"bought" | "boughtText", Message>> = {
  en: {
    bought: "See you on {day}",
    boughtText: {
      one: "Your ticket is paid and yours. Show its code at the entrance.",
      other: "Your {count} tickets are paid and yours. Each has its own code for the entrance.",
    },
  },
  de: {
    bought: "Bis {day}",
    boughtText: {
      one: "Ihr Ticket ist bezahlt und gehört Ihnen. Zeigen Sie seinen Code am Einlass.",
      other: "Ihre {count} Tickets sind bezahlt und gehören Ihnen. Jedes hat seinen eigenen Code für den Einlass.",
    },
  },
  es: {
    bought: "Nos vemos el {day}",
    boughtText: {
      one: "Su entrada está pagada y es suya. Muestre su código en la puerta.",
      other: "Sus {count} entradas están pagadas y son suyas. Cada una tiene su propio código para la puerta.",
    },
  },
  ar: {
    bought: "نراك يوم {day}",
    boughtText: {
      one: "تذكرتك مدفوعة وهي لك. أظهر رمزها عند الدخول.",
      two: "تذكرتاك مدفوعتان وهما لك. لكل منهما رمز للدخول.",
      few: "تذاكرك ({count}) مدفوعة وهي لك. لكل تذكرة رمزها للدخول.",
      other: "تذاكرك ({count}) مدفوعة وهي لك. لكل تذكرة رمزها للدخول.",
    },
  },
};

export const useBoughtTexts = ownTexts(boughtTexts);
