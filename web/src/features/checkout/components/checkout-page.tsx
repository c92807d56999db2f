import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { problemOf } from "@/api/problem";
import type { Booking, EventDetails, Profile } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { secondsLeft } from "@/lib/hold-time";
import { priceText } from "@/i18n/price-text";
import { seatLabel } from "@/i18n/seat-label";
import { useSeatNames } from "@/i18n/seat-names";
import { useOnline } from "@/lib/use-online";
import { activeHolds, forgetHold } from "@/session/hold";
import { Artwork } from "@/ui/artwork";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { useNow } from "@/ui/use-now";
import { useTitle } from "@/ui/use-title";
import { later } from "@/lib/later";
import { bookingQuery, isUnsettled, payForHold, payKey, type PaymentMeans } from "../api/booking";
import { orderLines } from "../model/order-lines";
import styles from "./checkout-page.module.css";
import { ContactFields } from "./contact-fields";
import { HoldTimer } from "./hold-timer";

const Questions = later(() => import("../questions/questions"));
const PaymentForm = later(() => import("../payment/payment-form"));
const PaymentCheck = later(() => import("../payment/payment-check"));
const PaymentRefusal = later(() => import("./payment-refusal"));
const OrderNotes = later(() => import("./order-notes"));
const ReleasePlaces = later(() => import("./release-places"));

interface CheckoutPageProps {
  event: EventDetails;
  booking: Booking;
  /** Who is signed in; a guest is nobody. */
  user: Profile | undefined;
  /** For a guest: how to keep the tickets in an account. */
  account: ReactNode;
  onConfirmed: () => void;
  onReleased: () => void;
}

export function CheckoutPage({ event, booking, user, account, onConfirmed, onReleased }: CheckoutPageProps) {
  const { t, format, language } = useI18n();
  const seatNames = useSeatNames();
  useTitle(t("checkout.title"));
  const queryClient = useQueryClient();
  const [contact, setEntries] = useState(() => contactOf(booking, user));
  const left = secondsLeft(booking.expiresAt, useNow());
  const isFree = booking.total.amount === 0;
  const [means = isFree ? free : undefined, setMeans] = useState<PaymentMeans>();
  const answer = useRef<() => Promise<unknown>>(null);
  const isOnline = useOnline();
  const pay = useMutation({
    mutationKey: payKey,
    mutationFn: (isAgain: boolean) =>
      payForHold(
        event.id,
        booking.id,
        isAgain ? { ...means, ...free } : (means ?? free),
        { name: contact.name.trim(), email: contact.email.trim(), language },
        answer.current,
      ),
    onSuccess: (confirmed) => {
      queryClient.setQueryData(bookingQuery(event.id, booking.id).queryKey, confirmed);
      void queryClient.invalidateQueries({ queryKey: ["my-bookings"] });
      forgetHold(booking.id);
      onConfirmed();
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: ["booking", booking.id] }),
  });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is to be put right is where the typing goes on; its text is read out with the field.
    if (pay.error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [pay.error]);
  // Paid, given back or extended in another tab: the server says which.
  useEffect(
    () =>
      activeHolds.subscribe(() => {
        const hold = activeHolds.get().find(({ bookingId }) => bookingId === booking.id);
        if (hold !== undefined && Date.parse(hold.expiresAt) === Date.parse(booking.expiresAt)) return;
        void queryClient.invalidateQueries({ queryKey: ["booking", booking.id] });
      }),
    [queryClient, booking.id, booking.expiresAt],
  );
  const isGivenBack =
    booking.state === "released" || (booking.payLater == null && problemOf(pay.error)?.attemptsLeft === 0);
  const isPaying = booking.state === "paying";
  const isChecking = !pay.isPending && !pay.isSuccess && (isPaying || (pay.error !== null && isUnsettled(pay.error)));
  const { reset } = pay;
  const settle = useCallback(() => reset(), [reset]);
  const isOver =
    (left === 0 && !isPaying) || booking.state === "expired" || problemOf(pay.error)?.code === "hold-expired";
  const isEnded = !pay.isPending && !pay.isSuccess && (isOver || isGivenBack);
  useEffect(() => {
    if (isEnded) forgetHold(booking.id);
  }, [isEnded, booking.id]);
  if (isEnded) {
    return <HoldEnded event={event} isGivenBack={isGivenBack} />;
  }
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{t("checkout.title")}</h1>
        {booking.payLater == null && <HoldTimer seconds={left} />}
      </div>
      <aside className={styles.order} aria-labelledby="order">
        <Artwork event={event} className={styles.artwork} />
        <div className={styles.orderBody}>
          <h2 id="order">{event.title}</h2>
          <p className="muted">
            {format.moment(event.startsAt, event.timeZone)}
            <br />
            {event.venue.name}, {event.venue.city}
          </p>
          <ul className={styles.items}>
            {orderLines(booking.items).map(({ label, price, count }) => (
              <li key={label}>
                <span>
                  {count === 1
                    ? seatLabel(label, seatNames)
                    : t("summary.line", { count, tier: seatNames.place(label) })}
                </span>
                <span className="num">{priceText({ ...price, amount: price.amount * count }, t, format)}</span>
              </li>
            ))}
          </ul>
          <p className={styles.total}>
            <span>{t("summary.total")}</span>
            <strong className="num">{priceText(booking.total, t, format)}</strong>
          </p>
          <Suspense>
            <OrderNotes booking={booking} />
          </Suspense>
        </div>
      </aside>
      <form
        ref={form}
        className={styles.main}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!pay.isPending && !pay.isSuccess && !isChecking && means !== undefined) pay.mutate(false);
        }}
      >
        {account}
        <section aria-labelledby="contact" className="stack">
          <h2 id="contact">{t("checkout.contact")}</h2>
          <ContactFields
            value={contact}
            error={pay.error}
            isBusy={pay.isPending || pay.isSuccess}
            onChange={setEntries}
          />
          <Suspense>
            <Questions booking={booking} error={pay.error} isBusy={pay.isPending || pay.isSuccess} ref={answer} />
          </Suspense>
        </section>
        <section aria-labelledby="payment" className="stack">
          <h2 id="payment">{t("checkout.payment")}</h2>
          {isFree ? (
            <p>{t("checkout.free")}</p>
          ) : (
            <div hidden={isChecking}>
              <Suspense>
                <PaymentForm
                  answer={answer}
                  event={event}
                  booking={booking}
                  contact={contact}
                  isBusy={pay.isPending}
                  onMeans={setMeans}
                />
              </Suspense>
            </div>
          )}
        </section>
        <Suspense>
          {isChecking ? (
            <PaymentCheck
              eventId={event.id}
              bookingId={booking.id}
              onCheck={() => pay.mutate(true)}
              onSettled={settle}
            />
          ) : (
            pay.error !== null && problemOf(pay.error)?.code !== "validation" && <PaymentRefusal error={pay.error} />
          )}
        </Suspense>
        {!isChecking && (
          <Button type="submit" size="lg" loading={pay.isPending || pay.isSuccess} disabled={means === undefined}>
            {t(isFree ? "checkout.confirmFree" : "checkout.pay", { total: format.money(booking.total) })}
          </Button>
        )}
        <p className="muted small" role="status">
          {t(!pay.isPending ? "checkout.payHint" : isOnline ? "checkout.paying" : "checkout.payingOffline")}
        </p>
        <Suspense>
          <ReleasePlaces
            booking={booking}
            isDisabled={pay.isPending || pay.isSuccess || isChecking}
            onReleased={onReleased}
          />
        </Suspense>
      </form>
    </div>
  );
}

/** Nothing is to be paid with: it is free, or only asked what became of a payment. */
const free: PaymentMeans = { token: () => Promise.resolve("none") };

/** As it was given with this booking, else as the account has it. */
function contactOf({ contact }: Booking, user: Profile | undefined) {
  return { name: contact?.name ?? user?.name ?? "", email: contact?.email ?? user?.email ?? "" };
}

function HoldEnded({ event, isGivenBack }: { event: EventDetails; isGivenBack: boolean }) {
  const { t } = useI18n();
  return (
    <EmptyState isPage title={t(isGivenBack ? "hold.givenBackTitle" : "hold.endedTitle")} text={t("hold.endedText")}>
      <ButtonLink to="/events/$slug/pick" params={{ slug: event.slug }}>
        {t("hold.chooseAgain")}
      </ButtonLink>
    </EmptyState>
  );
}
