import type { QueueState } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { ButtonLink } from "@/ui/button-link";
import { Notice } from "@/ui/notice";
import { isGuarded } from "../api/queue";

/** On the event's page: there is a waiting room, and one can join it now, before the sale too. */
export function RoomNotice({ slug, state }: { slug: string; state: QueueState | undefined }) {
  const { t } = useI18n();
  if (!isGuarded(state) || state?.phase === "soldOut") return null;
  return (
    <Notice tone="outline" title={t("queue.room")}>
      <ButtonLink to="/events/$slug/queue" params={{ slug }}>
        {t("queue.roomEnter")}
      </ButtonLink>
    </Notice>
  );
}
