import { Button } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { namesOf, type ListedSeat } from "../model/seat-list";

interface BestNoticeProps {
  seats: readonly ListedSeat[];
  onShow?: () => void;
  onTake?: (seats: readonly number[]) => void;
}

/** Which seats the best are at this moment: what one gets is seen before it is asked for. */
export function BestNotice({ seats, onShow, onTake }: BestNoticeProps) {
  const { t, format } = useI18n();
  return (
    <Notice tone="outline">
      <p>{t("best.now", { seats: format.list(namesOf(seats)), count: seats.length })}</p>
      {onShow !== undefined && (
        <Button variant="default" onClick={onShow}>
          {t("best.show")}
        </Button>
      )}
      {onTake !== undefined && (
        <Button variant="default" onClick={() => onTake(seats.map(({ ordinal }) => ordinal))}>
          {t("lost.take", { count: seats.length })}
        </Button>
      )}
    </Notice>
  );
}
