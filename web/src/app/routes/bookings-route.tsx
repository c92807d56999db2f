import { useNavigate, useSearch } from "@tanstack/react-router";
import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import { MyBookings } from "@/features/bookings/components/my-bookings";
import { useAccount } from "@/session/use-session";
import { BuyersOnly } from "../buyers-only";

export default function BookingsRoute() {
  const { show } = useSearch({ from: "/bookings" });
  // Not the router's own location: that is the next page's while this one is still drawn.
  const address = show === undefined ? "/bookings" : `/bookings?show=${show}`;
  return (
    <BuyersOnly to={address}>
      <Bookings address={address} />
    </BuyersOnly>
  );
}

function Bookings({ address }: { address: string }) {
  const account = useAccount();
  const navigate = useNavigate();
  const { show = "upcoming" } = useSearch({ from: "/bookings" });
  return (
    <MyBookings
      notice={account === undefined && <UpgradeNotice to={address} isBought />}
      which={show}
      onWhich={(which) => {
        const search = which === "past" ? { show: which } : {};
        void navigate({ to: "/bookings", search, resetScroll: false });
      }}
    />
  );
}
