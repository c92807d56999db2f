import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import { bookingQuery } from "@/features/checkout/api/booking";
import { CheckoutPage } from "@/features/checkout/components/checkout-page";
import { eventQuery } from "@/features/events/api/queries";
import { useAccount } from "@/session/use-session";
import { BuyersOnly } from "../buyers-only";
import { NotFoundPage } from "../not-found-page";
import { PendingPage } from "../pending-page";

export default function CheckoutRoute() {
  const { eventId, bookingId } = useParams({ from: "/checkout/$eventId/$bookingId" });
  return (
    <BuyersOnly to={`/checkout/${eventId}/${bookingId}`}>
      <Checkout />
    </BuyersOnly>
  );
}

function Checkout() {
  const params = useParams({ from: "/checkout/$eventId/$bookingId" });
  const navigate = useNavigate();
  const account = useAccount();
  const booking = useQuery(bookingQuery(params.eventId, params.bookingId));
  const event = useQuery(eventQuery(params.eventId));
  const [wasHeld, setWasHeld] = useState(false);
  const isHeld = booking.data?.state === "held" || booking.data?.state === "paying";
  if (isHeld && !wasHeld) setWasHeld(true);
  if (booking.error !== null && booking.data === undefined) return <NotFoundPage />;
  if (booking.data === undefined || event.data === undefined) return <PendingPage />;
  const { slug } = event.data;
  if (booking.data.state === "confirmed" || booking.data.state === "cancelled") {
    // Paid just now, here or in another tab: the answer may be known before the payment's own request has ended.
    return <Navigate to="/bookings/$eventId/$bookingId" params={params} replace state={{ isBought: wasHeld }} />;
  }
  return (
    <CheckoutPage
      event={event.data}
      booking={booking.data}
      user={account}
      account={account === undefined && <UpgradeNotice to={`/checkout/${params.eventId}/${params.bookingId}`} />}
      onConfirmed={() =>
        void navigate({ to: "/bookings/$eventId/$bookingId", params, replace: true, state: { isBought: true } })
      }
      onReleased={() => void navigate({ to: "/events/$slug", params: { slug }, replace: true })}
    />
  );
}
