import { useI18n } from "@/i18n/i18n";
import { HoldClock } from "@/ui/hold-clock";
import { ClockIcon } from "@/ui/icons";
import styles from "./hold-timer.module.css";

export function HoldTimer({ seconds }: { seconds: number }) {
  const { t } = useI18n();
  return (
    <div className={styles.timer} data-soon={seconds <= 120}>
      <ClockIcon />
      <span>{t("hold.kept")}</span>
      <HoldClock seconds={seconds} />
    </div>
  );
}
