import type { Booking } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { formatMessage, type Language } from "@/i18n/messages";

/** Here, not in the catalogues that every page loads: few bookings have a code. */
const texts: Record<Language, string> = {
  en: "With the code {code}: {amount} less.",
  de: "Mit dem Code {code}: {amount} weniger.",
  es: "Con el código {code}: {amount} menos.",
  ar: "بالرمز {code}: أقل بمقدار {amount}.",
};

/** What the code of a booking took off all its places. */
export default function CodeLine({ booking: { code, items, total } }: { booking: Booking }) {
  const { language, format } = useI18n();
  const amount = items.reduce((sum, { discount }) => sum + (discount?.amount ?? 0), 0);
  return (
    <p className="muted small">
      {formatMessage(texts[language], language, {
        code: code ?? "",
        amount: format.money({ amount, currency: total.currency }),
      })}
    </p>
  );
}
