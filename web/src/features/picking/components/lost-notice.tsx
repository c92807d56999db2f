import { Button } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import type { LostSeats } from "../model/use-seat-selection";

interface LostNoticeProps {
  lost: LostSeats;
  onTake: (seats: readonly number[]) => void;
}

export function LostNotice({ lost: { lost, instead }, onTake }: LostNoticeProps) {
  const { t, format } = useI18n();
  return (
    <Notice
      tone="warn"
      urgent
      title={t("lost.title", { seats: format.list(lost.map(({ label }) => label)), count: lost.length })}
    >
      {instead !== undefined && (
        <>
          <p>{t("lost.instead", { seats: format.list(instead.map(({ label }) => label)), count: instead.length })}</p>
          <Button variant="default" onClick={() => onTake(instead.map(({ ordinal }) => ordinal))}>
            {t("lost.take", { count: instead.length })}
          </Button>
        </>
      )}
    </Notice>
  );
}
