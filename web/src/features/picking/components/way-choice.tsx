import type { HoldRequest } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { MessageKey } from "@/i18n/messages";
import { Segments } from "@/ui/segments";

export type Way = "list" | "map" | "quantity";

const labels: Record<Way, MessageKey> = { list: "way.list", map: "way.map", quantity: "way.best" };

/** The map where there is one; what was begun goes on in its own way. */
export function firstWay(isSeated: boolean, hasMap: boolean, resumed: HoldRequest | undefined): Way {
  if (!isSeated || (resumed !== undefined && resumed.seats == null)) return "quantity";
  return hasMap ? "map" : "list";
}

interface WayChoiceProps {
  way: Way;
  hasMap: boolean;
  onWay: (way: Way) => void;
}

/** The list comes first, so that the keyboard reaches it before the canvas. */
export function WayChoice({ way, hasMap, onWay }: WayChoiceProps) {
  const { t } = useI18n();
  const ways: Way[] = hasMap ? ["list", "map", "quantity"] : ["list", "quantity"];
  return (
    <Segments
      isWide
      label={t("way.label")}
      value={way}
      choices={ways.map((value) => ({ value, label: t(labels[value]) }))}
      onChoose={onWay}
    />
  );
}
