import { useI18n } from "@/i18n/i18n";
import { useNow } from "@/ui/use-now";
import { countdownTo } from "../model/countdown";
import styles from "./countdown-clock.module.css";

interface CountdownClockProps {
  until: string;
}

/** Ticks for the eye; read out, it says the time of the sale once instead of every second. */
export function CountdownClock({ until }: CountdownClockProps) {
  const { t } = useI18n();
  const left = countdownTo(until, useNow());
  if (left === undefined) return <strong>{t("countdown.now")}</strong>;
  const parts = [
    { value: left.days, unit: t("countdown.days", { count: left.days }) },
    { value: left.hours, unit: t("countdown.hours", { count: left.hours }) },
    { value: left.minutes, unit: t("countdown.minutes", { count: left.minutes }) },
    { value: left.seconds, unit: t("countdown.seconds", { count: left.seconds }) },
  ];
  return (
    <div className={styles.clock} role="timer" aria-live="off">
      {parts.map(({ value, unit }, index) => (
        <div key={index} className={styles.part}>
          <span className="num">{String(value).padStart(2, "0")}</span>
          <small>{unit}</small>
        </div>
      ))}
    </div>
  );
}
