import { Suspense } from "react";
import type { Booking } from "@/api/types";
import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import HandOn from "@/features/transfers/hand-on";
import { later } from "@/lib/later";
import { useAccount } from "@/session/use-session";

const PdfButtons = later(() => import("@/ui/later/pdf-buttons"));

/** What a page of tickets can do without until they are shown. */
export default function BelowTickets({ booking }: { booking: Booking }) {
  const account = useAccount();
  return (
    <>
      {booking.tickets?.[0]?.live !== true && (
        <Suspense>
          <PdfButtons
            address={`/api/v1/events/${booking.eventId}/bookings/${booking.id}/tickets/pdf`}
            name={`tickets-${booking.orderCode ?? booking.id}`}
          />
        </Suspense>
      )}
      {account === undefined && <UpgradeNotice to={`/bookings/${booking.eventId}/${booking.id}`} isBought />}
      <HandOn eventId={booking.eventId} tickets={booking.tickets ?? []} />
    </>
  );
}
