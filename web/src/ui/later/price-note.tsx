import type { Money } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { formatMessage, type Language } from "@/i18n/messages";

interface Texts {
  fee: string;
  tax: string;
  both: string;
}

/** Here, not in the catalogues that every page loads: many events have neither. */
const texts: Record<Language, Texts> = {
  en: {
    fee: "Includes {fee} fee.",
    tax: "Includes {tax} tax{rate}.",
    both: "Includes {fee} fee and {tax} tax{rate}.",
  },
  de: {
    fee: "Enthält {fee} Gebühr.",
    tax: "Enthält {tax} Steuer{rate}.",
    both: "Enthält {fee} Gebühr und {tax} Steuer{rate}.",
  },
  es: {
    fee: "Incluye {fee} de gastos.",
    tax: "Incluye {tax} de impuestos{rate}.",
    both: "Incluye {fee} de gastos y {tax} de impuestos{rate}.",
  },
  ar: {
    fee: "يشمل رسومًا قدرها {fee}.",
    tax: "يشمل ضريبة قدرها {tax}{rate}.",
    both: "يشمل رسومًا قدرها {fee} وضريبة قدرها {tax}{rate}.",
  },
};

interface PriceNoteProps {
  fee?: Money | null | undefined;
  tax?: Money | null | undefined;
  /** Hundredths of a percent; left out where a sum has tax of several rates. */
  taxBasisPoints?: number;
}

/** What of a price is fee and tax: the price contains both. */
export default function PriceNote({ fee, tax, taxBasisPoints }: PriceNoteProps) {
  const { language, format } = useI18n();
  const kind = fee == null ? "tax" : tax == null ? "fee" : "both";
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 });
  return (
    <span className="muted small">
      {formatMessage(texts[language][kind], language, {
        fee: fee == null ? "" : format.money(fee),
        tax: tax == null ? "" : format.money(tax),
        rate: taxBasisPoints === undefined ? "" : ` (${percent.format(taxBasisPoints / 10_000)})`,
      })}
    </span>
  );
}
