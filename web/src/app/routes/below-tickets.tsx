import { Suspense } from "react";
import type { Booking } from "@/api/types";
import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import HandOn from "@/features/transfers/hand-on";
import { later } from "@/lib/later";
import { useAccount } from "@/session/use-session";

const InstallOffer = later<object>(() =>
  import("@/features/offline").then((module) => ({ default: module.InstallOffer })),
);

/** What a page of tickets can do without until they are shown. */
export default function BelowTickets({ booking }: { booking: Booking }) {
  const account = useAccount();
  return (
    <>
      {account === undefined && <UpgradeNotice to={`/bookings/${booking.eventId}/${booking.id}`} isBought />}
      <Suspense>
        <InstallOffer />
      </Suspense>
      <HandOn eventId={booking.eventId} tickets={booking.tickets ?? []} />
    </>
  );
}
