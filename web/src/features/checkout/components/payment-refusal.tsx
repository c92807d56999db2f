import { problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";
import { Notice } from "@/ui/notice";
import { texts } from "../questions/texts";
import { usePaymentRefusalTexts } from "./payment-refusal-texts";

const usedUp: Record<Language, string> = {
  en: "Nothing was charged. This booking takes no more cards; your places are kept for your bank transfer.",
  de: "Es wurde nichts berechnet. Für diese Buchung werden keine Karten mehr angenommen; Ihre Plätze bleiben für Ihre Überweisung reserviert.",
  es: "No se ha cobrado nada. Esta reserva ya no admite tarjetas; sus plazas siguen guardadas para su transferencia.",
  ar: "لم يُخصم شيء. لم يعد هذا الحجز يقبل البطاقات؛ وتبقى أماكنك محفوظة لتحويلك البنكي.",
};

export default function PaymentRefusal({ error }: { error: unknown }) {
  const { t, language } = useI18n();
  const say = usePaymentRefusalTexts();
  const problem = problemOf(error);
  if (problem?.code === "payments-used-up" || (problem?.code === "payment-declined" && problem.attemptsLeft === 0)) {
    return (
      <Notice tone="bad" urgent title={say("declined")}>
        <p>{usedUp[language]}</p>
      </Notice>
    );
  }
  if (problem?.code === "payment-declined") {
    return (
      <Notice tone="bad" urgent title={say("declined")}>
        <p>{say("attemptsLeft", { count: problem.attemptsLeft ?? 0 })}</p>
      </Notice>
    );
  }
  if (problem?.code === "answers-required") return <Notice tone="warn" urgent title={texts[language].open} />;
  if (problem?.code === "read-only") return <Notice tone="warn" urgent title={t("refusal.readOnly")} />;
  if (problem?.code === "payment-unanswered") {
    return (
      <Notice tone="warn" urgent title={say("unanswered")}>
        <p>{say("unansweredText")}</p>
      </Notice>
    );
  }
  return <Notice tone="bad" urgent title={t("payment.failed")} />;
}
