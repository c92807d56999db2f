import { Button } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { useSeatNames } from "@/i18n/seat-names";
import { Notice } from "@/ui/notice";
import type { SeatIndex } from "../model/selection";
import type { OwnHold } from "./pick-page";

interface HeldNoticeProps {
  hold: OwnHold;
  index: SeatIndex;
  /** The places are the buyer's no longer, and are to be chosen again. */
  onGivenBack: (items: OwnHold["items"]) => void;
}

/** Places that wait for payment are no purchase: they are named, and can be paid for or changed. */
export function HeldNotice({ hold, index, onGivenBack }: HeldNoticeProps) {
  const { t, format } = useI18n();
  const names = useSeatNames();
  const [step, setStep] = useState<"idle" | "busy" | "failed">("idle");
  const seats = index.seatsOf(hold.items.map(({ seat }) => seat).filter((seat) => seat != null));
  const others = new Map<string, number>();
  for (const { seat, label } of hold.items) if (seat == null) others.set(label, (others.get(label) ?? 0) + 1);
  const lines = [...others].map(([tier, count]) => t("summary.line", { count, tier: names.place(tier) }));
  const change = async () => {
    setStep("busy");
    try {
      await hold.giveBack();
      onGivenBack(hold.items);
    } catch {
      setStep("failed");
    }
  };
  return (
    <Notice
      tone={step === "failed" ? "bad" : "outline"}
      title={t("held.title", { places: format.list([...(seats.length > 0 ? [names.seats(seats)] : []), ...lines]) })}
    >
      {step === "failed" && <p role="alert">{t("held.failed")}</p>}
      {hold.goOn}
      <Button variant="default" loading={step === "busy"} onClick={() => void change()}>
        {t("held.change")}
      </Button>
    </Notice>
  );
}
