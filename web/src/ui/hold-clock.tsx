import { useI18n } from "@/i18n/i18n";
import { announcedMark, clockText } from "@/lib/hold-time";

interface HoldClockProps {
  seconds: number;
  /** In a list of several only the eye follows them all. */
  isSpoken?: boolean;
}

/** How long the places are kept. Ticks for the eye; a screen reader hears it at a few marks only. */
export function HoldClock({ seconds, isSpoken = true }: HoldClockProps) {
  const { t } = useI18n();
  const mark = announcedMark(seconds);
  const spoken = (left: number) =>
    left % 60 === 0 ? t("hold.announceMinutes", { count: left / 60 }) : t("hold.announce", { count: left });
  return (
    <>
      <strong className="num" role="timer" aria-live="off">
        {clockText(seconds)}
      </strong>
      {isSpoken && (
        <span className="visually-hidden" role="status">
          {mark === undefined ? "" : spoken(mark)}
        </span>
      )}
    </>
  );
}
