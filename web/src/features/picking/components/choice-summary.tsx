import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useI18n } from "@/i18n/i18n";
import { ChevronIcon, CloseIcon } from "@/ui/icons";
import { sumOf, type ChosenLine } from "../model/selection";
import styles from "./choice-summary.module.css";

interface ChoiceSummaryProps {
  lines: readonly ChosenLine[];
  count: number;
  /** How many more the buyer may have. */
  limit: number;
  owned: number;
  currency: string;
  holdMinutes: number;
  isBusy: boolean;
  /** Why it cannot be held as it is. */
  reason: string | undefined;
  lost: ReactNode;
  refusal: ReactNode;
  onRemove: ((key: string) => void) | undefined;
  onHold: () => void;
}

export function ChoiceSummary(props: ChoiceSummaryProps) {
  const { lines, count, limit, owned, currency, holdMinutes, isBusy, reason, lost, refusal, onRemove, onHold } = props;
  const { t, format } = useI18n();
  // Only a phone folds the places away: the sheet is one line, and the map is seen above it.
  const [isOpen, setIsOpen] = useState(false);
  const total = format.money(sumOf(lines, currency));
  return (
    <section className={styles.summary} data-empty={lines.length === 0} aria-labelledby="choice">
      <div className={styles.head}>
        <h2 id="choice" tabIndex={-1}>
          {t("summary.title")}
        </h2>
        <span className="muted small" aria-live="polite">
          {t("summary.count", { count, limit })}
        </span>
      </div>
      {lines.length > 0 && (
        <ul id="choice-lines" className={styles.lines} data-open={isOpen}>
          {lines.map((line) => (
            <li key={line.key}>
              <span>
                {onRemove === undefined ? t("summary.line", { count: line.quantity, tier: line.label }) : line.label}
              </span>
              <span className="num">{format.money({ ...line.price, amount: line.price.amount * line.quantity })}</span>
              {onRemove !== undefined && (
                <button
                  type="button"
                  aria-label={t("summary.remove", { seat: line.label })}
                  onClick={() => onRemove(line.key)}
                >
                  <CloseIcon size={16} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {owned > 0 && <p className="small">{t("summary.owned", { count: owned })}</p>}
      {lost}
      {refusal}
      <div className={styles.total}>
        <div className={styles.sum}>
          <span>{t("summary.total")}</span>
          <strong className="num">{total}</strong>
        </div>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isOpen}
          aria-controls="choice-lines"
          onClick={() => setIsOpen(!isOpen)}
        >
          <span>
            <span className="muted small">{t("summary.count", { count, limit })}</span>
            <strong className="num">{total}</strong>
          </span>
          <ChevronIcon size={18} />
        </button>
        <Button
          size="lg"
          loading={isBusy}
          disabled={reason !== undefined}
          aria-describedby="hold-hint"
          onClick={onHold}
        >
          {t("summary.hold")}
        </Button>
      </div>
      <p id="hold-hint" className={`${styles.hint ?? ""} muted small`} data-blocked={reason !== undefined}>
        {reason ?? t("summary.hint", { count: holdMinutes })}
        {reason === undefined && count >= limit && ` ${t("summary.atLimit")}`}
      </p>
    </section>
  );
}
