import type { OwnEvent, OwnEventSummary } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { Badge, type Tone } from "../../ui/badge";

const sale: Record<OwnEvent["saleStatus"], { key: TextKey; tone: Tone }> = {
  upcoming: { key: "state.upcoming", tone: "accent" },
  onSale: { key: "state.onSale", tone: "good" },
  soldOut: { key: "state.soldOut", tone: "warn" },
  ended: { key: "state.ended", tone: "plain" },
};

/** What an event is at this moment, in one word. */
export function EventState({ event }: { event: Pick<OwnEventSummary, "status" | "saleStatus"> }) {
  const { t } = useText();
  if (event.status === "draft") return <Badge>{t("state.draft")}</Badge>;
  if (event.status === "cancelled") return <Badge tone="bad">{t("state.cancelled")}</Badge>;
  const { key, tone } = sale[event.saleStatus];
  return <Badge tone={tone}>{t(key)}</Badge>;
}
