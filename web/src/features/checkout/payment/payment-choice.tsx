import { useI18n } from "@/i18n/i18n";
import type { Language } from "@/i18n/messages";
import { Notice } from "@/ui/notice";
import styles from "./payment-choice.module.css";

type ChoiceTexts = Record<TestPayment, readonly [string, string]> & { about: string };

const en: ChoiceTexts = {
  about: "This is a test system: no money moves. Choose what the payment should do.",
  sim_success: ["Test card", "The payment goes through at once."],
  sim_slow: ["Slow test card", "The payment goes through after three seconds."],
  sim_decline: ["Test card that is declined", "The bank says no. Your places stay kept, and you can try again."],
  sim_timeout: ["Test card that does not answer", "The bank never answers. Nothing is charged, and you can try again."],
};

/** With the choice, not in the catalogues that every page loads: where money moves, nobody sees them. */
const texts: Record<Language, ChoiceTexts> = {
  en,
  de: {
    about: "Dies ist ein Testsystem: es fließt kein Geld. Wählen Sie, was die Zahlung tun soll.",
    sim_success: ["Testkarte", "Die Zahlung geht sofort durch."],
    sim_slow: ["Langsame Testkarte", "Die Zahlung geht nach drei Sekunden durch."],
    sim_decline: [
      "Testkarte, die abgelehnt wird",
      "Die Bank lehnt ab. Ihre Plätze bleiben reserviert, und Sie können es noch einmal versuchen.",
    ],
    sim_timeout: [
      "Testkarte, die nicht antwortet",
      "Die Bank antwortet nie. Es wird nichts berechnet, und Sie können es noch einmal versuchen.",
    ],
  },
  es: {
    about: "Este es un sistema de prueba: no se mueve dinero. Elija qué debe hacer el pago.",
    sim_success: ["Tarjeta de prueba", "El pago se completa al instante."],
    sim_slow: ["Tarjeta de prueba lenta", "El pago se completa en tres segundos."],
    sim_decline: [
      "Tarjeta de prueba que se rechaza",
      "El banco dice que no. Sus plazas siguen guardadas y puede intentarlo de nuevo.",
    ],
    sim_timeout: [
      "Tarjeta de prueba que no responde",
      "El banco nunca responde. No se cobra nada y puede intentarlo de nuevo.",
    ],
  },
  ar: {
    about: "هذا نظام تجريبي: لا تتحرك أي أموال. اختر ما يفعله الدفع.",
    sim_success: ["بطاقة تجريبية", "يتم الدفع فورًا."],
    sim_slow: ["بطاقة تجريبية بطيئة", "يتم الدفع بعد ثلاث ثوانٍ."],
    sim_decline: ["بطاقة تجريبية تُرفض", "يرفض المصرف. تبقى أماكنك محفوظة ويمكنك المحاولة مجددًا."],
    sim_timeout: ["بطاقة تجريبية لا تستجيب", "لا يردّ المصرف أبدًا. لا يُخصم شيء ويمكنك المحاولة مجددًا."],
  },
};

const tokens = ["sim_success", "sim_slow", "sim_decline", "sim_timeout"] as const;

export type TestPayment = (typeof tokens)[number];

interface PaymentChoiceProps {
  value: TestPayment;
  isBusy: boolean;
  onChange: (value: TestPayment) => void;
}

/** No money moves here yet, and nobody is left to think so: each choice says what it will do. */
export function PaymentChoice({ value, isBusy, onChange }: PaymentChoiceProps) {
  const { t, language } = useI18n();
  const own = texts[language];
  return (
    <fieldset className={styles.choices} disabled={isBusy}>
      <legend className="visually-hidden">{t("checkout.payment")}</legend>
      <Notice>{own.about}</Notice>
      {tokens.map((token) => (
        <label key={token} className={styles.choice}>
          <input type="radio" name="payment" checked={value === token} onChange={() => onChange(token)} />
          <span>
            <strong>{own[token][0]}</strong>
            <span className="muted small">{own[token][1]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
