import type { OwnEvent, OwnEventSummary } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { Badge, type Tone } from "../../ui/badge";

const sale: Record<OwnEvent["saleStatus"], { key: TextKey; tone: Tone }> = {
  upcoming: { key: "eventState.upcoming", tone: "accent" },
  onSale: { key: "eventState.onSale", tone: "good" },
  soldOut: { key: "eventState.soldOut", tone: "warn" },
  ended: { key: "eventState.ended", tone: "plain" },
};

/** What an event is at this moment, in one word. */
export function EventState({ event }: { event: Pick<OwnEventSummary, "status" | "saleStatus"> }) {
  const { t } = useText();
  if (event.status === "draft") return <Badge>{t("eventState.draft")}</Badge>;
  if (event.status === "cancelled") return <Badge tone="bad">{t("eventState.cancelled")}</Badge>;
  const { key, tone } = sale[event.saleStatus];
  return <Badge tone={tone}>{t(key)}</Badge>;
}
