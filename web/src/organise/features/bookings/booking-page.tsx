import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { Notice } from "@/ui/notice";
import { ownBookingQuery, resendConfirmation } from "../../api/bookings";
import { ownEventKey } from "../../api/events";
import type { OwnBooking, OwnEvent } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { Figures } from "../../ui/figures";
import { Section } from "../../ui/page";
import { Loading, NotFound } from "../../ui/states";
import { BookingStateBadge } from "./booking-state";
import styles from "./booking-page.module.css";
import { BuyerDialog } from "./buyer-dialog";
import { CancelBookingDialog } from "./cancel-booking-dialog";
import { MarkPaidDialog } from "./mark-paid-dialog";
import { paidOf, refundedOf } from "./money";
import { RefundDialog } from "./refund-dialog";
import { SeatsDialog } from "./seats-dialog";

type Open = "refund" | "cancel" | "buyer" | "seats" | "paid" | undefined;

/** One booking: who, what, the money, and all that happened to it. */
export function BookingPage({ event, bookingId }: { event: OwnEvent; bookingId: string }) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const { data, error } = useQuery(ownBookingQuery(org, event.id, bookingId));
  const [open, setOpen] = useState<Open>();
  const resend = useMutation({ mutationFn: () => resendConfirmation(org, event.id, bookingId) });
  const resendError = formError(resend.error, t);
  if (problemOf(error)?.status === 404) return <NotFound />;
  if (data === undefined) return <Loading />;
  const adopt = (booking: OwnBooking) => {
    queryClient.setQueryData(ownBookingQuery(org, event.id, bookingId).queryKey, booking);
    void queryClient.invalidateQueries({ queryKey: ["organisation", org, "bookings", event.id] });
    void queryClient.invalidateQueries({ queryKey: ownEventKey(org, event.id) });
  };
  const paid = paidOf(data);
  const left = { ...paid, amount: paid.amount - refundedOf(data).amount };
  const close = () => setOpen(undefined);
  const dialog = { event, booking: data, onDone: adopt, onClose: close };
  return (
    <>
      <div className={styles.head}>
        <Link to="/$org/events/$event/bookings" params={{ org, event: event.id }}>
          {t("eventTabs.bookings")}
        </Link>
        <h2>
          <bdi>{data.name ?? t("ownBookings.nobody")}</bdi> <BookingStateBadge state={data.state} />
        </h2>
        <p className="muted">
          {[data.orderCode, data.email].filter((part) => part !== undefined && part !== null).join(" · ")}
        </p>
      </div>
      {data.isPayLater === true && (
        <Notice tone="outline" title={`${t("booking.payUntil")} ${format.moment(data.expiresAt, event.timeZone)}`} />
      )}
      <div className="row">
        {can("bookings.sell") && data.isPayLater === true && (
          <Button onClick={() => setOpen("paid")}>{t("markPaid.open")}</Button>
        )}
        {can("bookings.refund") && left.amount > 0 && (
          <Button variant="default" onClick={() => setOpen("refund")}>
            {t("refund.open")}
          </Button>
        )}
        {can("bookings.edit") && data.orderCode !== undefined && data.orderCode !== null && (
          <Button variant="default" onClick={() => setOpen("buyer")}>
            {t("buyer.change")}
          </Button>
        )}
        {can("bookings.edit") &&
          data.state === "confirmed" &&
          data.items.some(({ seat }) => typeof seat === "number") && (
            <Button variant="default" onClick={() => setOpen("seats")}>
              {t("seatChange.open")}
            </Button>
          )}
        {can("bookings.edit") && data.state === "confirmed" && (
          <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
            {t("booking.resend")}
          </Button>
        )}
        {can("bookings.refund") && (data.state === "confirmed" || data.state === "held") && (
          <Button variant="light" color="red" onClick={() => setOpen("cancel")}>
            {t("cancelBooking.open")}
          </Button>
        )}
      </div>
      {resendError !== undefined && <Notice tone="bad" urgent title={resendError} />}
      {resend.isSuccess && <Notice tone="good" title={t("booking.resent", { email: resend.data.email })} />}
      <Figures
        label={t("booking.money")}
        figures={[
          { name: t("ownBookings.total"), value: format.money(data.total) },
          { name: t("booking.paid"), value: format.money(paid) },
          { name: t("booking.refunded"), value: format.money(refundedOf(data)) },
        ]}
      />
      <Section title={t("tiers.places")}>
        <DataTable
          caption={t("tiers.places")}
          rows={data.items}
          keyOf={({ id }) => id}
          columns={[
            { key: "label", header: t("booking.place"), cell: ({ label }) => <bdi>{label}</bdi> },
            { key: "price", header: t("tiers.price"), isFigure: true, cell: ({ price }) => format.money(price) },
          ]}
        />
      </Section>
      {data.tickets.length > 0 && (
        <Section title={t("booking.tickets")}>
          <DataTable
            caption={t("booking.tickets")}
            rows={data.tickets}
            keyOf={({ id }) => id}
            columns={[
              { key: "label", header: t("booking.place"), cell: ({ label }) => <bdi>{label}</bdi> },
              { key: "code", header: t("booking.code"), cell: ({ code }) => <code dir="ltr">{code}</code> },
              {
                key: "valid",
                header: t("ownEvents.state"),
                cell: ({ valid }) => (
                  <Badge tone={valid ? "good" : "bad"}>{t(valid ? "booking.valid" : "booking.invalid")}</Badge>
                ),
              },
            ]}
          />
        </Section>
      )}
      <Answers booking={data} />
      <Money booking={data} event={event} />
      <Section title={t("booking.history")} text={t("booking.historyText")}>
        <ol className={styles.history}>
          {data.history.map(({ version, what, at }) => (
            <li key={version}>
              <span>{historyText(what, t)}</span>
              <span className="muted num">{format.moment(at, event.timeZone)}</span>
            </li>
          ))}
        </ol>
      </Section>
      {open === "refund" && <RefundDialog {...dialog} left={left} />}
      {open === "cancel" && <CancelBookingDialog {...dialog} left={left} />}
      {open === "paid" && <MarkPaidDialog {...dialog} />}
      {open === "buyer" && <BuyerDialog {...dialog} />}
      {open === "seats" && <SeatsDialog {...dialog} />}
    </>
  );
}

function Answers({ booking }: { booking: OwnBooking }) {
  const { t } = useText();
  if (booking.answers.length === 0) return null;
  const places = new Map(booking.items.map(({ id, label }) => [id, label]));
  return (
    <Section title={t("booking.answers")}>
      <DataTable
        caption={t("booking.answers")}
        rows={booking.answers}
        keyOf={({ question, itemId }) => `${question} ${itemId ?? ""}`}
        columns={[
          { key: "question", header: t("questions.label"), cell: ({ question }) => <bdi>{question}</bdi> },
          {
            key: "place",
            header: t("booking.place"),
            cell: ({ itemId }) => (itemId == null ? "" : <bdi>{places.get(itemId)}</bdi>),
          },
          {
            key: "answer",
            header: t("booking.answer"),
            cell: ({ answer }) => <bdi>{answer === "true" ? t("common.yes") : answer}</bdi>,
          },
        ]}
      />
    </Section>
  );
}

const happenings: Readonly<Record<string, TextKey>> = {
  held: "history.held",
  extended: "history.extended",
  payLater: "history.payLater",
  paying: "history.paying",
  declined: "history.declined",
  confirmed: "history.confirmed",
  released: "history.released",
  expired: "history.expired",
  cancelled: "history.cancelled",
  transferred: "history.transferred",
  moved: "history.moved",
};

function historyText(what: string, t: (key: TextKey) => string): string {
  const key = happenings[what];
  return key === undefined ? what : t(key);
}

const methods: Readonly<Record<string, TextKey>> = {
  cash: "method.cash",
  card: "method.card",
  comp: "method.comp",
  invoice: "method.invoice",
  transfer: "method.transfer",
};

function Money({ booking, event }: { booking: OwnBooking; event: OwnEvent }) {
  const { t, format } = useText();
  if (booking.payments.length === 0) return null;
  const methodName = (method: string) => {
    const key = methods[method];
    return key === undefined ? method : t(key);
  };
  return (
    <Section title={t("booking.payments")}>
      <DataTable
        caption={t("booking.payments")}
        rows={booking.payments}
        keyOf={({ attempt }) => String(attempt)}
        columns={[
          { key: "method", header: t("booking.method"), cell: ({ method }) => methodName(method) },
          { key: "state", header: t("ownEvents.state"), cell: ({ state }) => paymentText(state, t) },
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
    </Section>
  );
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
