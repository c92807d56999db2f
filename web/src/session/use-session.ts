import { useStore } from "@/lib/external-store";
import type { Profile } from "@/api/types";
import { session, type Session } from "./session";

export function useSession(): Session {
  return useStore(session);
}

/** The signed-in account; nobody, and a guest, have none. */
export function useAccount(): Profile | undefined {
  const current = useSession();
  return current.status === "signedIn" && current.user.kind === "account" ? current.user : undefined;
}
