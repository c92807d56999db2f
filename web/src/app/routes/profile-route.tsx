import { Navigate, useNavigate } from "@tanstack/react-router";
import { ProfilePage } from "@/features/account/components/profile-page";
import { useAccount, useSession } from "@/session/use-session";
import { PendingPage } from "../pending-page";
import { forgetTickets } from "../session-cache";

export default function ProfileRoute() {
  const navigate = useNavigate();
  const account = useAccount();
  const session = useSession();
  if (account !== undefined)
    return (
      <ProfilePage
        key={account.id}
        user={account}
        onSignedOut={() => void navigate({ to: "/" })}
        onNotSignedOut={forgetTickets}
      />
    );
  return session.status === "restoring" ? (
    <PendingPage />
  ) : (
    <Navigate to="/login" search={{ to: "/profile" }} replace />
  );
}
