import type { EventTier } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { formatMessage, type Language } from "@/i18n/messages";

interface Texts {
  only: string;
  missing: string;
}

/** Here, not in the catalogues that every page loads: few events have such a tier. */
const texts: Record<Language, Texts> = {
  en: { only: "Only together with {other}", missing: "{tier} is sold only together with {other}. Add at least one." },
  de: {
    only: "Nur zusammen mit {other}",
    missing: "{tier} gibt es nur zusammen mit {other}. Nehmen Sie mindestens ein Ticket davon dazu.",
  },
  es: {
    only: "Solo junto con {other}",
    missing: "{tier} solo se vende junto con {other}. Añada al menos una entrada.",
  },
  ar: {
    only: "فقط مع {other}",
    missing: "تُباع {tier} مع {other} فقط. أضف تذكرة واحدة منها على الأقل.",
  },
};

interface SoldWithProps {
  tiers: readonly EventTier[];
  /** Id of the tier that is sold only with another. */
  of: string;
  /** Whether the choice lacks the other, and says what to do. */
  isMissing?: boolean;
}

/** What a place is sold with only. */
export default function SoldWith({ tiers, of, isMissing = false }: SoldWithProps) {
  const { language } = useI18n();
  const tier = tiers.find(({ id }) => id === of);
  const other = tiers.find(({ id }) => id === tier?.needsTierId);
  if (tier === undefined || other === undefined) return null;
  return formatMessage(texts[language][isMissing ? "missing" : "only"], language, {
    tier: tier.name,
    other: other.name,
  });
}
