import type { Language, Message } from "@/i18n/messages";
import { ownTexts } from "@/i18n/page-texts";

const en = {
  companionAlone:
    "{seats}: a companion’s place goes with the wheelchair’s place beside it. Choose both, or another seat.",
  ended: "The sale of this event has ended.",
  notAdjacent:
    "There are no seats left side by side for your party in {tier}. Allow separate seats, or choose another tier.",
  seatsUnavailable: {
    one: "{seats} was just taken. Choose another seat; the rest of your choice is unchanged.",
    other: "{seats} were just taken. Choose other seats; the rest of your choice is unchanged.",
  },
  tooManyHeld:
    "Your network already holds as many places of this event as it may ({limit}). Places that are not paid for become free within minutes.",
  tooManyHolds: "You have held places of this event many times in a short while. Wait some minutes, then try again.",
  upcoming: "The sale begins {time}.",
};

/** With the part of the page that says it, not in the catalogues that every page loads. */
export const refusalTexts: Record<Language, Record<keyof typeof en, Message>> = {
  en,
  de: {
    companionAlone:
      "{seats}: Ein Begleitplatz gehört zu dem Rollstuhlplatz daneben. Wählen Sie beide oder einen anderen Platz.",
    ended: "Der Verkauf dieser Veranstaltung ist beendet.",
    notAdjacent:
      "In {tier} gibt es keine Plätze nebeneinander mehr für Ihre Gruppe. Erlauben Sie getrennte Plätze oder wählen Sie eine andere Kategorie.",
    seatsUnavailable: {
      one: "{seats} wurde gerade vergeben. Wählen Sie einen anderen Platz; der Rest Ihrer Auswahl bleibt.",
      other: "{seats} wurden gerade vergeben. Wählen Sie andere Plätze; der Rest Ihrer Auswahl bleibt.",
    },
    tooManyHeld:
      "Aus Ihrem Netz sind schon so viele Plätze dieser Veranstaltung reserviert wie erlaubt ({limit}). Was nicht bezahlt wird, ist in wenigen Minuten wieder frei.",
    tooManyHolds:
      "Sie haben in kurzer Zeit sehr oft Plätze dieser Veranstaltung reserviert. Warten Sie einige Minuten und versuchen Sie es noch einmal.",
    upcoming: "Der Verkauf beginnt {time}.",
  },
  es: {
    companionAlone:
      "{seats}: una plaza de acompañante va con la de silla de ruedas que está al lado. Elija las dos u otro asiento.",
    ended: "La venta de este evento ha terminado.",
    notAdjacent:
      "No quedan asientos juntos para su grupo en {tier}. Permita asientos separados o elija otra categoría.",
    seatsUnavailable: {
      one: "Acaban de ocupar {seats}. Elija otro asiento; el resto de su elección no cambia.",
      other: "Acaban de ocupar {seats}. Elija otros asientos; el resto de su elección no cambia.",
    },
    tooManyHeld:
      "Desde su red ya hay reservadas tantas plazas de este evento como se permite ({limit}). Las que no se paguen quedarán libres en unos minutos.",
    tooManyHolds:
      "Ha reservado plazas de este evento muchas veces en poco tiempo. Espere unos minutos y vuelva a intentarlo.",
    upcoming: "La venta comienza {time}.",
  },
  ar: {
    companionAlone: "{seats}: مكان المرافق يُباع مع مكان الكرسي المتحرك بجانبه. اختر الاثنين أو مقعدًا آخر.",
    ended: "انتهى بيع هذه الفعالية.",
    notAdjacent: "لم تبقَ مقاعد متجاورة لمجموعتك في {tier}. اسمح بمقاعد متفرقة أو اختر فئة أخرى.",
    seatsUnavailable: {
      one: "أُخذ للتو: {seats}. اختر مقعدًا آخر؛ بقية اختيارك كما هي.",
      other: "أُخذت للتو: {seats}. اختر مقاعد أخرى؛ بقية اختيارك كما هي.",
    },
    tooManyHeld:
      "تم حجز الحد المسموح به من أماكن هذه الفعالية من شبكتك ({limit}). ما لم يُدفع ثمنه يصبح متاحًا خلال دقائق.",
    tooManyHolds: "حجزتَ أماكن لهذه الفعالية مرات كثيرة خلال وقت قصير. انتظر بضع دقائق ثم حاول مرة أخرى.",
    upcoming: "يبدأ البيع {time}.",
  },
};

export const useRefusalTexts = ownTexts(refusalTexts);
