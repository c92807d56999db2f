import { Button } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { useSeatNames } from "@/i18n/seat-names";
import { Notice } from "@/ui/notice";
import type { ListedSeat } from "../model/seat-list";

interface BestNoticeProps {
  seats: readonly ListedSeat[];
  onShow: (() => void) | undefined;
  onTake: (seats: readonly number[]) => void;
}

/** Which seats the best are at this moment: what one gets is seen before it is asked for. */
export function BestNotice({ seats, onShow, onTake }: BestNoticeProps) {
  const { t } = useI18n();
  const names = useSeatNames();
  return (
    <Notice tone="outline">
      <p>{t("best.now", { seats: names.seats(seats), count: seats.length })}</p>
      {onShow !== undefined && (
        <Button variant="default" onClick={onShow}>
          {t("best.show")}
        </Button>
      )}
      <Button variant="default" onClick={() => onTake(seats.map(({ ordinal }) => ordinal))}>
        {t("lost.take", { count: seats.length })}
      </Button>
    </Notice>
  );
}
