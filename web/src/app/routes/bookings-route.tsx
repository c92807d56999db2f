import { UpgradeNotice } from "@/features/account/components/upgrade-notice";
import { MyBookings } from "@/features/bookings/components/my-bookings";
import { useAccount } from "@/session/use-session";

export default function BookingsRoute() {
  const account = useAccount();
  return <MyBookings notice={account === undefined && <UpgradeNotice to="/bookings" />} />;
}
