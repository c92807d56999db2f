import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
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
import { BookingMoney } from "./booking-money";
import { BookingStateBadge } from "./booking-state";
import styles from "./booking-page.module.css";
import { BuyerDialog } from "./buyer-dialog";
import { CancelBookingDialog } from "./cancel-booking-dialog";
import { MarkPaidDialog } from "./mark-paid-dialog";
import { paidOf, refundedOf } from "./money";
import { PaidBackDialog } from "./paid-back-dialog";
import { RefundDialog } from "./refund-dialog";
import { SeatsDialog } from "./seats-dialog";
import { Transfers } from "./transfers";

type Open = "refund" | "cancel" | "buyer" | "seats" | "paid" | "paidBack" | undefined;

/** One booking: who, what, the money, and all that happened to it. */
export function BookingPage({ event, bookingId }: { event: OwnEvent; bookingId: string }) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { data, error } = useQuery(ownBookingQuery(org, event.id, bookingId));
  const [open, setOpen] = useState<Open>();
  const resend = useMutation({ mutationFn: () => resendConfirmation(org, event.id, bookingId) });
  const resendError = formError(resend.error, t);
  if (problemOf(error)?.status === 404) return <NotFound />;
  if (data === undefined) return <Loading />;
  const adopt = (booking: OwnBooking) => {
    queryClient.setQueryData(ownBookingQuery(org, event.id, booking.id).queryKey, booking);
    void queryClient.invalidateQueries({ queryKey: ["organisation", org, "bookings", event.id] });
    void queryClient.invalidateQueries({ queryKey: ownEventKey(org, event.id) });
    if (booking.id === bookingId) return;
    // Its places were booked anew.
    void queryClient.invalidateQueries({ queryKey: ownBookingQuery(org, event.id, bookingId).queryKey });
    void navigate({
      to: "/$org/events/$event/bookings/$booking",
      params: { org, event: event.id, booking: booking.id },
    });
  };
  const paid = paidOf(data);
  const left = { ...paid, amount: paid.amount - refundedOf(data).amount };
  const owed = data.toPayBack;
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
      {owed != null && (
        <Notice tone="warn" title={t("paidBack.owed", { money: format.money(owed) })}>
          <p>{t("paidBack.owedText")}</p>
        </Notice>
      )}
      <div className="row">
        {can("bookings.sell") && (data.isPayLater === true || data.canBePaidLate === true) && (
          <Button onClick={() => setOpen("paid")}>{t("markPaid.open")}</Button>
        )}
        {can("bookings.refund") && owed != null && (
          <Button onClick={() => setOpen("paidBack")}>{t("paidBack.open")}</Button>
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
                cell: ({ valid, handedOn }) =>
                  handedOn === true && data.state === "confirmed" ? (
                    <Badge tone="accent">{t("booking.handedOn")}</Badge>
                  ) : (
                    <Badge tone={valid ? "good" : "bad"}>{t(valid ? "booking.valid" : "booking.invalid")}</Badge>
                  ),
              },
            ]}
          />
        </Section>
      )}
      <Transfers booking={data} event={event} />
      <Answers booking={data} />
      <BookingMoney booking={data} event={event} onDone={adopt} />
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
      {open === "paidBack" && owed != null && <PaidBackDialog {...dialog} owed={owed} />}
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
