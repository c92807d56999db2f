import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { bookingQuery } from "../api/booking";

const lookEveryMs = 3000;

interface PaymentCheckProps {
  eventId: string;
  bookingId: string;
  /** Asks for the result at once; what the bank still wants of the buyer is asked then. */
  onCheck: () => void;
  /** Nothing is under way any more. */
  onSettled: () => void;
}

/** A payment whose outcome is not known: nothing can be paid meanwhile, and the result appears by itself. */
export default function PaymentCheck({ eventId, bookingId, onCheck, onSettled }: PaymentCheckProps) {
  const { t } = useI18n();
  const { data } = useQuery({ ...bookingQuery(eventId, bookingId), refetchInterval: lookEveryMs });
  const isSettled = data !== undefined && data.state !== "paying";
  useEffect(() => {
    if (isSettled) onSettled();
  }, [isSettled, onSettled]);
  return (
    <Notice tone="warn" urgent title={t("payment.unknown")}>
      <p>{t("payment.unknownText")}</p>
      <Button variant="default" onClick={onCheck}>
        {t("payment.checkNow")}
      </Button>
    </Notice>
  );
}
