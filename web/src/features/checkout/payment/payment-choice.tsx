import { useI18n } from "@/i18n/i18n";
import type { MessageKey } from "@/i18n/messages";
import { Notice } from "@/ui/notice";
import styles from "./payment-choice.module.css";

const choices = {
  sim_success: ["payment.success", "payment.successText"],
  sim_slow: ["payment.slow", "payment.slowText"],
  sim_decline: ["payment.decline", "payment.declineText"],
  sim_timeout: ["payment.timeout", "payment.timeoutText"],
} as const satisfies Record<string, readonly [MessageKey, MessageKey]>;

export type TestPayment = keyof typeof choices;

interface PaymentChoiceProps {
  value: TestPayment;
  isBusy: boolean;
  onChange: (value: TestPayment) => void;
}

/** No money moves here yet, and nobody is left to think so: each choice says what it will do. */
export function PaymentChoice({ value, isBusy, onChange }: PaymentChoiceProps) {
  const { t } = useI18n();
  return (
    <fieldset className={styles.choices} disabled={isBusy}>
      <legend className="visually-hidden">{t("checkout.payment")}</legend>
      <Notice>{t("payment.test")}</Notice>
      {(Object.keys(choices) as TestPayment[]).map((token) => (
        <label key={token} className={styles.choice}>
          <input type="radio" name="payment" checked={value === token} onChange={() => onChange(token)} />
          <span>
            <strong>{t(choices[token][0])}</strong>
            <span className="muted small">{t(choices[token][1])}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
