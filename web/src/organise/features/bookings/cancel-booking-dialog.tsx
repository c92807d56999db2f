import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { Money } from "@/api/types";
import { cancelOwnBooking } from "../../api/bookings";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Confirm } from "../../ui/confirm";
import type { BookingDialogProps } from "./refund-dialog";

/** Cancels a booking, whatever the policy says, and pays it back. */
export function CancelBookingDialog({ event, booking, left, onDone, onClose }: BookingDialogProps & { left: Money }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const [reason, setReason] = useState("");
  return (
    <Confirm
      title={t("cancelBooking.title")}
      confirmLabel={t("cancelBooking.submit")}
      isGrave
      isDisabled={reason.trim() === ""}
      run={async () => onDone(await cancelOwnBooking(org, event.id, booking.id, reason.trim()))}
      onClose={onClose}
    >
      <p>{t("cancelBooking.text", { count: booking.items.length, money: format.money(left) })}</p>
      <TextInput
        label={t("refund.reason")}
        description={t("refund.reasonHint")}
        required
        size="md"
        maxLength={200}
        value={reason}
        onChange={(change) => setReason(change.currentTarget.value)}
      />
    </Confirm>
  );
}
