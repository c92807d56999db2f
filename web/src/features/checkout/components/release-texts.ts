import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

/** Words that come with their part of the page: they cost nothing before it is needed. */
export const releaseTexts: Record<
  Language,
  Record<
    "released" | "release" | "releaseTitle" | "releaseKeep" | "releaseConfirm" | "releaseText" | "releaseFailed",
    Message
  >
> = {
  en: {
    released: "The places are given back. Nothing was charged.",
    release: "Give these places back",
    releaseTitle: "Give these places back?",
    releaseKeep: "Keep them",
    releaseConfirm: "Give back",
    releaseText: "They are free at once, and somebody else can take them.",
    releaseFailed: "The places could not be given back just now. They come back by themselves when their time is up.",
  },
  de: {
    released: "Die Plätze sind zurückgegeben. Es wurde nichts berechnet.",
    release: "Plätze zurückgeben",
    releaseTitle: "Diese Plätze zurückgeben?",
    releaseKeep: "Behalten",
    releaseConfirm: "Zurückgeben",
    releaseText: "Sie sind sofort wieder frei, und jemand anderes kann sie nehmen.",
    releaseFailed:
      "Die Plätze konnten gerade nicht zurückgegeben werden. Sie werden von selbst frei, wenn ihre Zeit abgelaufen ist.",
  },
  es: {
    released: "Las plazas se han devuelto. No se ha cobrado nada.",
    release: "Devolver estas plazas",
    releaseTitle: "¿Devolver estas plazas?",
    releaseKeep: "Conservarlas",
    releaseConfirm: "Devolver",
    releaseText: "Quedan libres al instante y otra persona puede tomarlas.",
    releaseFailed: "No se pudieron devolver las plazas ahora. Vuelven solas cuando acabe su tiempo.",
  },
  ar: {
    released: "أُعيدت الأماكن. لم يُخصم شيء.",
    release: "إعادة هذه الأماكن",
    releaseTitle: "هل تريد إعادة هذه الأماكن؟",
    releaseKeep: "الاحتفاظ بها",
    releaseConfirm: "إعادة",
    releaseText: "تصبح متاحة فورًا ويمكن لغيرك أخذها.",
    releaseFailed: "تعذّرت إعادة الأماكن الآن. تعود من تلقاء نفسها عند انتهاء وقتها.",
  },
};

export const useReleaseTexts = ownTexts(releaseTexts);
