import { Button } from "@mantine/core";
import { useState } from "react";
import type { OwnBooking, OwnEvent } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { methodName } from "../../lib/payment-methods";
import { DataTable } from "../../ui/data-table";
import { Section } from "../../ui/page";
import { RefundDialog } from "./refund-dialog";

interface BookingMoneyProps {
  booking: OwnBooking;
  event: OwnEvent;
  onDone: (booking: OwnBooking) => void;
}

/** The payments of a booking, what went back, and disputes. */
export function BookingMoney({ booking, event, onDone }: BookingMoneyProps) {
  const { t, format } = useText();
  const { can } = useOrganisation();
  const [again, setAgain] = useState<OwnBooking["payments"][number]>();
  if (booking.payments.length === 0) return null;
  return (
    <Section title={t("booking.payments")}>
      <DataTable
        caption={t("booking.payments")}
        rows={booking.payments}
        keyOf={({ attempt }) => String(attempt)}
        columns={[
          { key: "method", header: t("booking.method"), cell: ({ method }) => methodName(method, t) },
          {
            key: "state",
            header: t("ownEvents.state"),
            cell: (payment) => (
              <>
                {paymentText(payment.state, t)}
                {can("bookings.refund") && payment.state === "refundFailed" && leftOf(payment).amount > 0 && (
                  <Button variant="default" size="xs" onClick={() => setAgain(payment)}>
                    {t("refund.open")}
                  </Button>
                )}
              </>
            ),
          },
          {
            key: "when",
            header: t("ownBookings.when"),
            cell: ({ startedAt }) => format.moment(startedAt, event.timeZone),
          },
          { key: "amount", header: t("booking.amount"), isFigure: true, cell: ({ amount }) => format.money(amount) },
        ]}
      />
      {booking.refunds.length > 0 && (
        <DataTable
          caption={t("booking.refunds")}
          rows={booking.refunds}
          keyOf={({ id }) => id}
          columns={[
            { key: "reason", header: t("refund.reason"), cell: ({ reason }) => <bdi>{reason}</bdi> },
            {
              key: "state",
              header: t("ownEvents.state"),
              cell: ({ isDone, isFailed }) =>
                t(isFailed ? "refund.isFailed" : isDone ? "refund.isDone" : "refund.isUnderWay"),
            },
            {
              key: "when",
              header: t("ownBookings.when"),
              cell: ({ createdAt }) => format.moment(createdAt, event.timeZone),
            },
            {
              key: "amount",
              header: t("booking.refunded"),
              isFigure: true,
              cell: ({ amount }) => format.money(amount),
            },
          ]}
        />
      )}
      {booking.disputes.length > 0 && (
        <DataTable
          caption={t("booking.disputes")}
          rows={booking.disputes}
          keyOf={({ reference }) => reference}
          columns={[
            { key: "reference", header: t("dispute.reference"), cell: ({ reference }) => <bdi>{reference}</bdi> },
            { key: "reason", header: t("refund.reason"), cell: ({ reason }) => <bdi>{reason}</bdi> },
            {
              key: "state",
              header: t("ownEvents.state"),
              cell: ({ state }) => t(disputeStates[state] ?? "dispute.open"),
            },
            {
              key: "answerBy",
              header: t("dispute.answerBy"),
              cell: ({ answerBy }) => (answerBy == null ? "" : format.moment(answerBy, event.timeZone)),
            },
            { key: "amount", header: t("booking.amount"), isFigure: true, cell: ({ amount }) => format.money(amount) },
          ]}
        />
      )}
      {again !== undefined && (
        <RefundDialog
          event={event}
          booking={booking}
          left={leftOf(again)}
          payment={again.attempt}
          onDone={onDone}
          onClose={() => setAgain(undefined)}
        />
      )}
    </Section>
  );
}

function leftOf({ amount, refunded }: OwnBooking["payments"][number]) {
  return { ...amount, amount: amount.amount - refunded.amount };
}

const paymentStates: Readonly<Record<string, TextKey>> = {
  started: "paymentState.started",
  succeeded: "paymentState.succeeded",
  declined: "paymentState.declined",
  refundIntended: "refund.isUnderWay",
  refunded: "refund.isDone",
  refundFailed: "refund.isFailed",
};

const disputeStates: Readonly<Record<string, TextKey>> = {
  open: "dispute.open",
  won: "dispute.won",
  lost: "dispute.lost",
  inquiry: "dispute.inquiry",
};

function paymentText(state: string, t: (key: TextKey) => string): string {
  const key = paymentStates[state];
  return key === undefined ? state : t(key);
}
