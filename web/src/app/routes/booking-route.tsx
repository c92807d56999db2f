import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation, useParams } from "@tanstack/react-router";
import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import { TicketsPage } from "@/features/bookings/components/tickets-page";
import { bookingQuery } from "@/features/checkout/api/booking";
import { eventQuery } from "@/features/events/api/queries";
import { useAccount } from "@/session/use-session";
import { BuyersOnly } from "../buyers-only";
import { NotFoundPage } from "../not-found-page";
import { PendingPage } from "../pending-page";

export default function BookingRoute() {
  const { eventId, bookingId } = useParams({ from: "/bookings/$eventId/$bookingId" });
  return (
    <BuyersOnly to={`/bookings/${eventId}/${bookingId}`}>
      <Booking />
    </BuyersOnly>
  );
}

function Booking() {
  const params = useParams({ from: "/bookings/$eventId/$bookingId" });
  const account = useAccount();
  const isBought = useLocation({ select: ({ state }) => state.isBought === true });
  const booking = useQuery(bookingQuery(params.eventId, params.bookingId));
  const event = useQuery(eventQuery(params.eventId));
  if (booking.error !== null && booking.data === undefined) return <NotFoundPage />;
  if (booking.data === undefined || event.data === undefined) return <PendingPage />;
  if (booking.data.state !== "confirmed" && booking.data.state !== "cancelled") {
    return <Navigate to="/checkout/$eventId/$bookingId" params={params} replace />;
  }
  return (
    <TicketsPage
      event={event.data}
      booking={booking.data}
      isBought={isBought}
      notice={
        account === undefined &&
        booking.data.state === "confirmed" && (
          <UpgradeNotice to={`/bookings/${params.eventId}/${params.bookingId}`} isBought />
        )
      }
    />
  );
}
