import { Navigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "@/session/use-session";

interface BuyersOnlyProps {
  /** This page, to come back to. */
  to: string;
  children: ReactNode;
}

/** A page about somebody's bookings does not stay when they sign out, in this tab or in another. */
export function BuyersOnly({ to, children }: BuyersOnlyProps) {
  const { status } = useSession();
  return status === "anonymous" ? <Navigate to="/login" search={{ to }} replace /> : children;
}
