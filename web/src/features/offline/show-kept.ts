import type { QueryClient } from "@tanstack/react-query";
import { local, readStored } from "@/lib/storage";
import { restoreSession, session } from "@/session/session";
import { completedList } from "./model/kept";
import { ticketStore, type KeptEntry } from "./model/ticket-store";
import { isTurnedOff } from "./worker-registration";

/** At the door of a hall nobody waits for a network that does not answer. */
const answerWithinMs = 3_000;
/** As session.ts keeps it: whose session this browser had last. */
const ownerSlot = "onsale.session";

/**
 * Puts the tickets that were seen here in place of the server's answers while it gives none.
 * @returns Whether there are any to show; then nobody is asked to sign in first.
 */
export async function showKept(queryClient: QueryClient): Promise<boolean> {
  if (isTurnedOff()) return false;
  await Promise.race([restoreSession(), new Promise((resolve) => setTimeout(resolve, answerWithinMs))]);
  const current = session.get();
  if (current.status === "anonymous") return false;
  const kept = await ticketStore.read(Date.now());
  if (kept === undefined) return false;
  const owner = current.status === "signedIn" ? current.user.id : readStored<unknown>(local, ownerSlot);
  if (kept.owner !== owner) {
    await ticketStore.clear();
    return false;
  }
  const entries = completedList(kept.entries);
  if (current.status === "signedIn" && navigator.onLine) {
    // A browser calls a line that answers nothing a network, too.
    setTimeout(() => {
      const now = session.get();
      if (now.status === "signedIn" && now.user.id === kept.owner) put(queryClient, entries);
    }, answerWithinMs);
    return false;
  }
  put(queryClient, entries);
  forgetFor(queryClient, kept.owner, entries);
  return true;
}

function put(queryClient: QueryClient, entries: readonly KeptEntry[]): void {
  for (const { key, data, at } of entries) {
    // Asked for all the same, so that a page without an answer says so; and again when the network is back.
    queryClient.setQueryDefaults([key[0]], { networkMode: "always", refetchOnReconnect: true, gcTime: Infinity });
    const known = queryClient.getQueryState(key);
    if (known?.data === undefined || known.dataUpdatedAt < at) queryClient.setQueryData(key, data, { updatedAt: at });
  }
}

let isWatching = false;

/** The server may say later that it was somebody else's turn. */
function forgetFor(queryClient: QueryClient, owner: string, entries: readonly KeptEntry[]): void {
  if (isWatching) return;
  isWatching = true;
  session.subscribe(() => {
    const current = session.get();
    if (current.status === "restoring" || (current.status === "signedIn" && current.user.id === owner)) return;
    for (const { key } of entries) queryClient.removeQueries({ queryKey: key, exact: true });
    void ticketStore.clear();
  });
}
