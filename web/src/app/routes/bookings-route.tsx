import { useNavigate, useSearch } from "@tanstack/react-router";
import { Suspense } from "react";
import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import { myBookingsQuery } from "@/features/bookings/api/queries";
import { MyBookings } from "@/features/bookings/components/my-bookings";
import { useAccount, useSession } from "@/session/use-session";
import { later } from "@/lib/later";
import { BuyersOnly } from "../buyers-only";

const OfflineMark = later(() => import("@/features/offline"));

export default function BookingsRoute() {
  const { show } = useSearch({ from: "/bookings" });
  // Not the router's own location: that is the next page's while this one is still drawn.
  const address = show === undefined ? "/bookings" : `/bookings?show=${show}`;
  return (
    <BuyersOnly to={address}>
      <Suspense>
        <OfflineMark queryKey={myBookingsQuery.queryKey} />
      </Suspense>
      <Bookings address={address} />
    </BuyersOnly>
  );
}

function Bookings({ address }: { address: string }) {
  const account = useAccount();
  const { status } = useSession();
  const navigate = useNavigate();
  const { show = "upcoming" } = useSearch({ from: "/bookings" });
  return (
    <MyBookings
      notice={status === "signedIn" && account === undefined && <UpgradeNotice to={address} isBought />}
      which={show}
      onWhich={(which) => {
        const search = which === "past" ? { show: which } : {};
        void navigate({ to: "/bookings", search, resetScroll: false });
      }}
    />
  );
}
