import { problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { texts } from "../questions/texts";

export default function PaymentRefusal({ error }: { error: unknown }) {
  const { t, language } = useI18n();
  const problem = problemOf(error);
  if (problem?.code === "payment-declined") {
    return (
      <Notice tone="bad" urgent title={t("payment.declined")}>
        <p>{t("payment.attemptsLeft", { count: problem.attemptsLeft ?? 0 })}</p>
      </Notice>
    );
  }
  if (problem?.code === "answers-required") return <Notice tone="warn" urgent title={texts[language].open} />;
  if (problem?.code === "read-only") return <Notice tone="warn" urgent title={t("refusal.readOnly")} />;
  if (problem?.code === "payment-unanswered") {
    return (
      <Notice tone="warn" urgent title={t("payment.unanswered")}>
        <p>{t("payment.unansweredText")}</p>
      </Notice>
    );
  }
  return <Notice tone="bad" urgent title={t("payment.failed")} />;
}
