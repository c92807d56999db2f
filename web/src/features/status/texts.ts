import type { Language } from "@/i18n/messages";

interface StatusTexts {
  title: string;
  works: string;
  back: string;
  reason: string;
}

/** Few words for a rare moment: they come with the notice and not with every page. */
export const statusTexts: Record<Language, StatusTexts> = {
  en: {
    title: "Nothing can be bought or changed at the moment.",
    works: "You can go on looking; what you see may be a little old. What you hold is kept, and its time does not run.",
    back: "Buying works again. What you held got its time back.",
    reason: "The organisers of this site say: {reason}",
  },
  de: {
    title: "Im Moment kann nichts gekauft oder geändert werden.",
    works:
      "Sie können sich weiter umsehen; was Sie sehen, kann etwas älter sein. Was Sie reserviert haben, bleibt Ihnen, und die Zeit dafür läuft nicht.",
    back: "Kaufen geht wieder. Ihre Reservierungen haben die Zeit zurückbekommen.",
    reason: "Der Betreiber sagt dazu: {reason}",
  },
  es: {
    title: "En este momento no se puede comprar ni cambiar nada.",
    works:
      "Puede seguir mirando; lo que ve puede ser algo antiguo. Lo que tiene reservado se conserva y su tiempo no corre.",
    back: "Ya se puede comprar de nuevo. Sus reservas han recuperado el tiempo.",
    reason: "Los responsables del sitio dicen: {reason}",
  },
  ar: {
    title: "لا يمكن شراء شيء أو تغييره في هذه اللحظة.",
    works: "يمكنك متابعة التصفح، وقد يكون ما تراه قديمًا بعض الشيء. ما حجزته محفوظ لك ووقته متوقف.",
    back: "عاد الشراء ممكنًا. استعادت حجوزاتك وقتها.",
    reason: "يقول القائمون على الموقع: {reason}",
  },
};
