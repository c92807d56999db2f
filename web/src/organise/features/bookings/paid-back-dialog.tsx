import { useState } from "react";
import type { Money } from "@/api/types";
import { markPaidBack } from "../../api/bookings";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Confirm } from "../../ui/confirm";
import { PaymentNote } from "./payment-note";
import type { BookingDialogProps } from "./refund-dialog";

/** Notes that the organiser has sent back what is owed. */
export function PaidBackDialog({ event, booking, owed, onDone, onClose }: BookingDialogProps & { owed: Money }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const [note, setNote] = useState("");
  return (
    <Confirm
      title={t("paidBack.title")}
      confirmLabel={t("paidBack.submit")}
      run={async () => onDone(await markPaidBack(org, event.id, booking.id, owed.amount, note.trim()))}
      onClose={onClose}
    >
      <p>{t("paidBack.text", { money: format.money(owed) })}</p>
      <PaymentNote value={note} onChange={setNote} />
    </Confirm>
  );
}
