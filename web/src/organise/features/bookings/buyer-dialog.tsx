import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeBooking } from "../../api/bookings";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { FormDialog } from "../../ui/form-dialog";
import type { BookingDialogProps } from "./refund-dialog";

/** Whom to write to. Places and tickets are not touched. */
export function BuyerDialog({ event, booking, onDone, onClose }: BookingDialogProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const [name, setName] = useState(booking.name ?? "");
  const [email, setEmail] = useState(booking.email ?? "");
  const save = useMutation({
    mutationFn: () => changeBooking(org, event.id, booking.id, { name: name.trim(), email: email.trim() }),
    onSuccess: (saved) => {
      onDone(saved);
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("buyer.change")}
      error={save.error}
      fields={["name", "email"]}
      isSending={save.isPending}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("field.name")}
        size="md"
        maxLength={100}
        value={name}
        error={fieldError(save.error, "name")}
        onChange={(change) => setName(change.currentTarget.value)}
      />
      <TextInput
        label={t("field.email")}
        type="email"
        size="md"
        maxLength={254}
        value={email}
        error={fieldError(save.error, "email")}
        onChange={(change) => setEmail(change.currentTarget.value)}
      />
    </FormDialog>
  );
}
