import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { Navigate, useLocation, useParams } from "@tanstack/react-router";
import { TicketsPage } from "@/features/bookings/components/tickets-page";
import { bookingQuery } from "@/features/checkout/api/booking";
import { eventQuery } from "@/features/events/api/queries";
import { later } from "@/lib/later";
import { BuyersOnly } from "../buyers-only";
import { NotFoundPage } from "../not-found-page";
import { PendingPage } from "../pending-page";

const BelowTickets = later(() => import("./below-tickets"));

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
        booking.data.state === "confirmed" && (
          <Suspense>
            <BelowTickets booking={booking.data} />
          </Suspense>
        )
      }
    />
  );
}
