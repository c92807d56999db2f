import { useI18n } from "@/i18n/i18n";
import { announcedMark, clockText } from "../model/hold-time";

/** How long the places are kept. Ticks for the eye; a screen reader hears it at a few marks only. */
export function HoldClock({ seconds }: { seconds: number }) {
  const { t } = useI18n();
  const mark = announcedMark(seconds);
  return (
    <>
      <strong className="num" role="timer" aria-live="off">
        {clockText(seconds)}
      </strong>
      <span className="visually-hidden" role="status">
        {mark === undefined ? "" : t("hold.announce", { count: mark })}
      </span>
    </>
  );
}
