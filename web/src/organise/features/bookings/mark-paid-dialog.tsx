import { useState } from "react";
import { markBookingPaid } from "../../api/bookings";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Confirm } from "../../ui/confirm";
import { PaymentNote } from "./payment-note";
import type { BookingDialogProps } from "./refund-dialog";

/** Confirms a booking whose bank transfer has arrived. */
export function MarkPaidDialog({ event, booking, onDone, onClose }: BookingDialogProps) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const [note, setNote] = useState("");
  return (
    <Confirm
      title={t("markPaid.title")}
      confirmLabel={t("markPaid.submit")}
      run={async () => onDone(await markBookingPaid(org, event.id, booking.id, booking.total.amount, note.trim()))}
      onClose={onClose}
    >
      {booking.canBePaidLate === true && <p>{t("markPaid.lateText")}</p>}
      <p>{t("markPaid.text", { money: format.money(booking.total), code: booking.orderCode ?? "" })}</p>
      <PaymentNote value={note} onChange={setNote} />
    </Confirm>
  );
}
