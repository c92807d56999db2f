import { Navigate, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "@/session/use-session";

/** A page about somebody's bookings does not stay when they sign out, in this tab or in another. */
export function BuyersOnly({ children }: { children: ReactNode }) {
  const { status } = useSession();
  const to = useLocation({ select: ({ href }) => href });
  return status === "anonymous" ? <Navigate to="/login" search={{ to }} replace /> : children;
}
