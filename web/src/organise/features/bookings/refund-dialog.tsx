import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Money } from "@/api/types";
import { refundBooking } from "../../api/bookings";
import type { OwnBooking, OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { newId } from "../../lib/uuid";
import { CheckField, ChoiceField, MoneyField } from "../../ui/fields";
import { FormDialog } from "../../ui/form-dialog";

export interface BookingDialogProps {
  event: OwnEvent;
  booking: OwnBooking;
  onDone: (booking: OwnBooking) => void;
  onClose: () => void;
}

type Kind = "all" | "items" | "amount";

interface RefundDialogProps extends BookingDialogProps {
  left: Money;
  /** The payment that it is of; left out: the one that stands. */
  payment?: number | undefined;
}

/** Gives money back: all that is left, the price of some places, or an amount. */
export function RefundDialog({ event, booking, left, payment, onDone, onClose }: RefundDialogProps) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  // One intention, however often the button is pressed.
  const [attempt] = useState(newId);
  const [kind, setKind] = useState<Kind>("all");
  const [items, setItems] = useState<readonly string[]>([]);
  const [amount, setAmount] = useState<number>();
  const [reason, setReason] = useState("");
  const [releasePlaces, setReleasePlaces] = useState(true);
  const ofItems = booking.items
    .filter(({ id }) => items.includes(id))
    .reduce((sum, { price }) => sum + price.amount, 0);
  const value = kind === "all" ? left.amount : kind === "items" ? ofItems : (amount ?? 0);
  const money = format.money({ amount: value, currency: left.currency });
  const send = useMutation({
    mutationFn: () =>
      refundBooking(org, event.id, booking.id, attempt, {
        reason: reason.trim(),
        ...(kind === "items" && { items: [...items] }),
        ...(kind === "amount" && { amount: amount ?? 0 }),
        ...(payment !== undefined && { attempt: payment }),
        releasePlaces: kind === "all" && releasePlaces && payment === undefined,
      }),
    onSuccess: (saved) => {
      onDone(saved);
      onClose();
    },
  });
  const isReady = reason.trim() !== "" && value > 0;
  return (
    <FormDialog
      title={t("refund.title")}
      closeLabel={t("common.leaveIt")}
      error={send.error}
      fields={["amount", "reason"]}
      isSending={send.isPending}
      isDisabled={!isReady}
      submitLabel={t("refund.submit", { money })}
      isDangerous
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <p>{t("refund.left", { money: format.money(left) })}</p>
      <ChoiceField
        label={t("refund.what")}
        value={kind}
        choices={[
          { value: "all", label: t("refund.all") },
          { value: "items", label: t("refund.items") },
          { value: "amount", label: t("refund.amount") },
        ]}
        onChange={setKind}
      />
      {kind === "items" && (
        <fieldset className="stack">
          <legend>{t("tiers.places")}</legend>
          {booking.items.map(({ id, label, price }) => (
            <CheckField
              key={id}
              label={`${label}, ${format.money(price)}`}
              checked={items.includes(id)}
              onChange={(isChosen) => setItems(isChosen ? [...items, id] : items.filter((item) => item !== id))}
            />
          ))}
        </fieldset>
      )}
      {kind === "amount" && (
        <MoneyField
          label={t("booking.amount")}
          value={amount}
          currency={left.currency}
          error={fieldError(send.error, "amount")}
          onChange={setAmount}
        />
      )}
      {kind === "all" && payment === undefined && (
        <CheckField
          label={t("refund.release")}
          description={t("refund.releaseHint")}
          checked={releasePlaces}
          onChange={setReleasePlaces}
        />
      )}
      <TextInput
        label={t("refund.reason")}
        description={t("refund.reasonHint")}
        required
        size="md"
        maxLength={200}
        value={reason}
        error={fieldError(send.error, "reason")}
        onChange={(change) => setReason(change.currentTarget.value)}
      />
    </FormDialog>
  );
}
