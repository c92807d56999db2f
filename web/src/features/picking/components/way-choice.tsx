import { startTransition, useOptimistic } from "react";
import { useI18n } from "@/i18n/i18n";
import type { MessageKey } from "@/i18n/messages";
import { afterPaint } from "@/lib/after-paint";
import { Segments } from "@/ui/segments";
import type { Way } from "../model/choice";

const labels: Record<Way, MessageKey> = { list: "way.list", map: "way.map", quantity: "way.best" };

interface WayChoiceProps {
  way: Way;
  hasMap: boolean;
  onWay: (way: Way) => void;
}

/**
 * The list comes first, so that the keyboard reaches it before the canvas. A phone draws none of the ways in one frame:
 * the choice is seen to be pressed before that.
 */
export function WayChoice({ way, hasMap, onWay }: WayChoiceProps) {
  const { t } = useI18n();
  const [pressed, setPressed] = useOptimistic(way);
  const choose = (next: Way) =>
    startTransition(async () => {
      setPressed(next);
      await afterPaint();
      startTransition(() => onWay(next));
    });
  const ways: Way[] = hasMap ? ["list", "map", "quantity"] : ["list", "quantity"];
  return (
    <Segments
      isWide
      label={t("way.label")}
      value={pressed}
      choices={ways.map((value) => ({ value, label: t(labels[value]) }))}
      onChoose={choose}
    />
  );
}
