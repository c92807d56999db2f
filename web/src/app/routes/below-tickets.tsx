import { Suspense } from "react";
import type { Booking, EventDetails } from "@/api/types";
import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import HandOn from "@/features/transfers/hand-on";
import { useI18n } from "@/i18n/i18n";
import { later } from "@/lib/later";
import { useAccount } from "@/session/use-session";
import { ShareButton } from "@/ui/share-button";

const InstallOffer = later<object>(() =>
  import("@/features/offline").then((module) => ({ default: module.InstallOffer })),
);

interface BelowTicketsProps {
  event: EventDetails;
  booking: Booking;
  /** The page says so itself, and offers to share the event. */
  isBought: boolean;
}

/** What a page of tickets can do without until they are shown. */
export default function BelowTickets({ event, booking, isBought }: BelowTicketsProps) {
  const { t } = useI18n();
  const account = useAccount();
  return (
    <>
      {!isBought && (
        <div>
          <ShareButton title={event.title} path={`/events/${event.slug}`} label={t("event.shareText")} />
        </div>
      )}
      {account === undefined && <UpgradeNotice to={`/bookings/${booking.eventId}/${booking.id}`} isBought />}
      <Suspense>
        <InstallOffer />
      </Suspense>
      <HandOn eventId={booking.eventId} tickets={booking.tickets ?? []} />
    </>
  );
}
