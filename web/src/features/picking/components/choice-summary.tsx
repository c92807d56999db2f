import { Button } from "@mantine/core";
import { Suspense, useState, type ReactNode } from "react";
import { NoAnswerError } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { useSeatNames } from "@/i18n/seat-names";
import { AlertIcon, ChevronIcon } from "@/ui/icons";
import { Notice } from "@/ui/notice";
import { later } from "@/lib/later";
import { sumOf } from "../model/selection";
import type { Picking } from "../model/use-pick";
import { BestNotice } from "./best-notice";
import { BestOffer } from "./best-offer";
import { ChosenLines } from "./chosen-lines";
import styles from "./choice-summary.module.css";
import { LostNotice } from "./lost-notice";
import { useBlocked } from "./use-blocked";
import { useHeightVariable } from "./use-height-variable";

const Refusal = later(() => import("../later/refusal"));
const CodeField = later(() => import("../later/code-field"));

/** What is chosen, whatever way, and the button that keeps it. On a phone a sheet of one line at the lower edge. */
export function ChoiceSummary({ pick, hasMap, held }: { pick: Picking; hasMap: boolean; held: ReactNode }) {
  const { event, index, lines, count, limit, owned, lost, error, offer, best, way } = pick;
  const { t, format } = useI18n();
  const names = useSeatNames();
  // Only a phone folds the places away: the sheet is one line, and the map is seen above it.
  const [isOpen, setIsOpen] = useState(false);
  const sheet = useHeightVariable<HTMLElement>("--sheet-height");
  const blocked = useBlocked(pick);
  const sum = sumOf(lines, event.currency);
  // What nothing is chosen of is not free.
  const total = lines.length === 0 ? format.money(sum) : priceText(sum, t, format);
  const seats = lines.map(({ seat }) => seat).filter((seat) => seat !== undefined);
  const others = lines.filter(({ seat }) => seat === undefined);
  const short = [
    ...(seats.length > 0 ? [names.short(seats)] : []),
    ...others.map(({ tier, quantity }) => t("summary.line", { count: quantity, tier })),
  ].join(" + ");
  const hasChoice = lines.length > 0;
  return (
    <section
      ref={sheet}
      className={styles.summary}
      data-empty={!hasChoice}
      data-offer={offer !== undefined}
      aria-labelledby="choice"
    >
      <div className={styles.head}>
        <h2 id="choice" tabIndex={-1}>
          {t("summary.title")}
        </h2>
        <span className="muted small" aria-live="polite">
          {t("summary.count", { count, limit })}
        </span>
      </div>
      {held}
      {hasChoice && <ChosenLines pick={pick} isOpen={isOpen} />}
      {held === undefined && owned > 0 && <p className="small">{t("summary.owned", { count: owned })}</p>}
      {lost !== undefined && <LostNotice lost={lost} onTake={(ordinals) => pick.changeSeats(ordinals, true)} />}
      {pick.callOff !== undefined && (
        <Notice tone="warn" urgent title={t("hold.offline")}>
          <Button variant="default" onClick={pick.callOff}>
            {t("hold.callOff")}
          </Button>
        </Notice>
      )}
      {error instanceof NoAnswerError ? (
        <Notice tone="warn" urgent title={t("refusal.noAnswer")} />
      ) : (
        error !== null &&
        !pick.isCodeRefused && (
          <Suspense>
            <Refusal error={error} event={event} index={index} />
          </Suspense>
        )
      )}
      {offer !== undefined && (
        <BestOffer
          seats={offer}
          pick={pick}
          onShow={hasMap ? () => pick.show(offer) : undefined}
          onTake={(ordinals) => pick.takeBest(undefined, ordinals)}
        />
      )}
      {way !== "quantity" &&
        best.map(({ tierId, seats: ofTier }) => (
          <BestNotice
            key={tierId}
            seats={ofTier}
            onShow={undefined}
            onTake={(ordinals) => pick.takeBest(tierId, ordinals)}
          />
        ))}
      {(hasChoice || pick.choice.code) && (
        <Suspense>
          <CodeField pick={pick} />
        </Suspense>
      )}
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
            <bdi className={styles.short}>{short}</bdi>
            <strong className="num">{total}</strong>
          </span>
          <ChevronIcon size={18} />
        </button>
        <Button
          size="lg"
          loading={pick.isHolding}
          disabled={blocked !== undefined}
          aria-describedby="hold-hint"
          onClick={pick.hold}
        >
          {t("summary.hold")}
        </Button>
      </div>
      <div
        className={styles.hint}
        data-blocked={blocked !== undefined}
        data-warning={blocked !== undefined && count > 0}
      >
        {blocked !== undefined && count > 0 && <AlertIcon size={18} />}
        <p id="hold-hint">
          {blocked?.text ?? t("summary.hint", { count: event.policy.holdMinutes })}
          {blocked === undefined && pick.remaining === 0 && ` ${t("summary.atLimit")}`}
        </p>
        {blocked?.moveTo !== undefined && (
          <Button variant="default" onClick={() => pick.moveTo(blocked.moveTo ?? [])}>
            {t("orphan.move")}
          </Button>
        )}
      </div>
    </section>
  );
}
