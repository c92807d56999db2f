import type { EventDetails, Money } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";

/** What becomes of tickets whose event was called off. */
export default function CalledOff({ event, total }: { event: EventDetails; total: Money }) {
  const { t, format } = useI18n();
  return (
    <Notice tone="bad" title={t("event.cancelled")}>
      <p>
        {total.amount === 0
          ? t("tickets.eventCancelledFree")
          : t("tickets.eventCancelledText", { total: format.money(total) })}
      </p>
      <p>{t("event.cancelledContact", { name: event.organiser.name })}</p>
    </Notice>
  );
}
