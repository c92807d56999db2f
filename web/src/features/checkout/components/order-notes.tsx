import type { Booking, Money } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";
import PriceNote from "@/ui/later/price-note";
import CodeLine from "./code-line";

const nothingAdded: Record<Language, string> = {
  en: "Nothing is added to this.",
  de: "Es kommt nichts hinzu.",
  es: "No se añade nada.",
  ar: "لا يُضاف شيء إلى ذلك.",
};

/** Below the total: what a code took off, and what of the total is fee and tax. */
export default function OrderNotes({ booking }: { booking: Booking }) {
  const { language } = useI18n();
  const fee = sumOf(booking, "fee");
  const tax = sumOf(booking, "tax");
  return (
    <>
      {booking.code != null && <CodeLine booking={booking} />}
      <p className="muted small">
        {(fee ?? tax) !== undefined && <PriceNote fee={fee} tax={tax} />} {nothingAdded[language]}
      </p>
    </>
  );
}

function sumOf({ items, total }: Booking, part: "fee" | "tax"): Money | undefined {
  const amount = items.reduce((sum, item) => sum + (item[part]?.amount ?? 0), 0);
  return amount === 0 ? undefined : { amount, currency: total.currency };
}
