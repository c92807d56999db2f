import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
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
  if (booking.error !== null && booking.data === undefined) return <NotFoundPage />;
  if (booking.data === undefined || event.data === undefined) return <PendingPage />;
  const { slug } = event.data;
  if (booking.data.state === "confirmed" || booking.data.state === "cancelled") {
    return <Navigate to="/bookings/$eventId/$bookingId" params={params} replace />;
  }
  return (
    <CheckoutPage
      event={event.data}
      booking={booking.data}
      account={account === undefined && <UpgradeNotice to={`/checkout/${params.eventId}/${params.bookingId}`} />}
      onConfirmed={() => void navigate({ to: "/bookings/$eventId/$bookingId", params, replace: true })}
      onReleased={() => void navigate({ to: "/events/$slug", params: { slug }, replace: true })}
    />
  );
}
