import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Notice } from "@/ui/notice";
import { bookingQuery } from "../api/booking";
import { usePaymentCheckTexts } from "./payment-check-texts";

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
  const say = usePaymentCheckTexts();
  const { data } = useQuery({ ...bookingQuery(eventId, bookingId), refetchInterval: lookEveryMs });
  const isSettled = data !== undefined && data.state !== "paying";
  useEffect(() => {
    if (isSettled) onSettled();
  }, [isSettled, onSettled]);
  return (
    <Notice tone="warn" urgent title={say("unknown")}>
      <p>{say("unknownText")}</p>
      <Button variant="default" onClick={onCheck}>
        {say("checkNow")}
      </Button>
    </Notice>
  );
}
