import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import { MyBookings } from "@/features/bookings/components/my-bookings";
import { useAccount } from "@/session/use-session";
import { BuyersOnly } from "../buyers-only";

export default function BookingsRoute() {
  return (
    <BuyersOnly to="/bookings">
      <Bookings />
    </BuyersOnly>
  );
}

function Bookings() {
  const account = useAccount();
  return <MyBookings notice={account === undefined && <UpgradeNotice to="/bookings" />} />;
}
