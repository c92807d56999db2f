import { useI18n } from "@/i18n/i18n";
import { ClockIcon } from "@/ui/icons";
import { announcedMark, clockText } from "../model/hold-time";
import styles from "./hold-timer.module.css";

/** Ticks for the eye; a screen reader hears it at a few marks only. */
export function HoldTimer({ seconds }: { seconds: number }) {
  const { t } = useI18n();
  const mark = announcedMark(seconds);
  return (
    <div className={styles.timer} data-soon={seconds <= 120}>
      <ClockIcon />
      <span>{t("hold.kept")}</span>
      <strong className="num" role="timer" aria-live="off">
        {clockText(seconds)}
      </strong>
      <span className="visually-hidden" role="status" aria-live="polite">
        {mark === undefined ? "" : t("hold.announce", { count: mark })}
      </span>
    </div>
  );
}
