import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { moveSeats } from "../../api/bookings";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { CheckField } from "../../ui/fields";
import { FormDialog } from "../../ui/form-dialog";
import { SeatChoice, seatMapQuery } from "../../ui/seat-choice";
import type { BookingDialogProps } from "./refund-dialog";
import { seatsPrice } from "./seats-price";

/** Gives a booking other seats, of whatever tier: what was paid stays, and the codes of its tickets stay valid. */
export function SeatsDialog({ event, booking, onDone, onClose }: BookingDialogProps) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const { data: seatMap } = useQuery(seatMapQuery(event.id));
  const seated = booking.items.filter((item) => typeof item.seat === "number");
  const [given, setGiven] = useState<readonly string[]>(() => (seated.length === 1 ? seated.map(({ id }) => id) : []));
  const [taken, setTaken] = useState<ReadonlySet<number>>(new Set());
  const from = seated.filter(({ id }) => given.includes(id));
  const paid = from.reduce((sum, { price }) => sum + price.amount, 0);
  const price = seatsPrice(seatMap, taken, (tierId) => event.tiers.find(({ id }) => id === tierId)?.price.amount ?? 0);
  const isReady = from.length > 0 && from.length === taken.size;
  const save = useMutation({
    mutationFn: () => {
      const to = [...taken].sort((one, other) => one - other);
      return moveSeats(
        org,
        event.id,
        booking.id,
        from.map(({ seat }, index) => ({ from: Number(seat), to: Number(to[index]) })),
      );
    },
    onSuccess: (saved) => {
      onDone(saved);
      onClose();
    },
  });
  const inCurrency = (amount: number) => format.money({ amount, currency: event.currency });
  return (
    <FormDialog
      title={t("seatChange.title")}
      closeLabel={t("common.leaveIt")}
      error={save.error}
      isSending={save.isPending}
      isDisabled={!isReady}
      submitLabel={t("seatChange.submit")}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <p>{t("seatChange.text")}</p>
      <fieldset className="stack">
        <legend>{t("seatChange.from")}</legend>
        {seated.map(({ id, label }) => (
          <CheckField
            key={id}
            label={label}
            checked={given.includes(id)}
            onChange={(isChosen) => setGiven(isChosen ? [...given, id] : given.filter((item) => item !== id))}
          />
        ))}
      </fieldset>
      <fieldset className="stack">
        <legend>{t("seatChange.to")}</legend>
        <SeatChoice event={event} chosen={taken} onChange={setTaken} />
      </fieldset>
      <p role="status">
        {isReady && price !== paid
          ? t("seatChange.price", { paid: inCurrency(paid), price: inCurrency(price) })
          : t("seatChange.chosen", { chosen: taken.size, wanted: from.length })}
      </p>
    </FormDialog>
  );
}
