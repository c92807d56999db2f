import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense } from "react";
import { Navigate, useLocation, useParams } from "@tanstack/react-router";
import type { EventDetails } from "@/api/types";
import { TicketsPage } from "@/features/bookings/components/tickets-page";
import { bookingQuery } from "@/features/checkout/api/booking";
import { eventQuery } from "@/features/events/api/queries";
import { later } from "@/lib/later";
import { BuyersOnly } from "../buyers-only";
import { NotFoundPage } from "../not-found-page";
import { PendingPage } from "../pending-page";

const BelowTickets = later(() => import("./below-tickets"));
const OfflineMark = later(() => import("@/features/offline"));

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
  const query = bookingQuery(params.eventId, params.bookingId);
  const booking = useQuery(query);
  // Without an answer, as it was when the tickets were opened here: see features/offline.
  const kept = useQueryClient().getQueryData<EventDetails>(["kept-event", params.eventId]);
  const event = useQuery({ ...eventQuery(params.eventId), ...(kept && { throwOnError: false }) }).data ?? kept;
  if (booking.error !== null && booking.data === undefined) return <NotFoundPage />;
  if (booking.data === undefined || event === undefined) return <PendingPage />;
  if (booking.data.state !== "confirmed" && booking.data.state !== "cancelled") {
    return <Navigate to="/checkout/$eventId/$bookingId" params={params} replace />;
  }
  return (
    <>
      <Suspense>
        <OfflineMark queryKey={query.queryKey} />
      </Suspense>
      <TicketsPage
        event={event}
        booking={booking.data}
        isBought={isBought}
        notice={
          booking.data.state === "confirmed" && (
            <Suspense>
              <BelowTickets event={event} booking={booking.data} isBought={isBought} />
            </Suspense>
          )
        }
      />
    </>
  );
}
