import { Button } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { useSeatNames } from "@/i18n/seat-names";
import { Notice } from "@/ui/notice";
import type { LostSeats } from "../model/use-seat-selection";

interface LostNoticeProps {
  lost: LostSeats;
  onTake: (seats: readonly number[]) => void;
}

/** Beside the choice, which is in view wherever the list or the map has been scrolled to. */
export function LostNotice({ lost: { lost, instead }, onTake }: LostNoticeProps) {
  const { t } = useI18n();
  const names = useSeatNames();
  return (
    <Notice tone="warn" urgent title={t("lost.title", { seats: names.seats(lost), count: lost.length })}>
      {instead !== undefined && (
        <>
          <p>{t("lost.instead", { seats: names.seats(instead), count: instead.length })}</p>
          <Button variant="default" onClick={() => onTake(instead.map(({ ordinal }) => ordinal))}>
            {t("lost.take", { count: instead.length })}
          </Button>
        </>
      )}
    </Notice>
  );
}
