import type { QueryClient } from "@tanstack/react-query";
import { session } from "@/session/session";
import { isOfTickets, merged } from "./model/kept";
import { ticketStore } from "./model/ticket-store";
import { isTurnedOff, registerWorker } from "./worker-registration";

/** A page of tickets gets its answers one after the other. */
const settleMs = 500;

let isKeeping = false;

/** From now on, keeps the tickets that are seen in this tab. */
export function keepTickets(queryClient: QueryClient): void {
  if (isKeeping || !("caches" in globalThis)) return;
  isKeeping = true;
  if (isTurnedOff()) {
    void ticketStore.clear();
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void save(queryClient);
    }, settleMs);
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "success" && isOfTickets(event.query.queryKey)) soon();
  });
  soon();
}

function ownerNow(): string | undefined {
  const current = session.get();
  return current.status === "signedIn" ? current.user.id : undefined;
}

async function save(queryClient: QueryClient): Promise<void> {
  const owner = ownerNow();
  if (owner === undefined) return;
  const seen = queryClient
    .getQueryCache()
    .getAll()
    .filter(({ queryKey, state }) => state.data !== undefined && isOfTickets(queryKey))
    .map(({ queryKey, state }) => ({ key: queryKey, data: state.data, at: state.dataUpdatedAt }));
  const now = Date.now();
  const before = await ticketStore.read(now);
  const own = before?.owner === owner ? before.entries : [];
  const entries = merged(own, seen, now);
  // They may have signed out in the meantime, in another tab too.
  if (ownerNow() !== owner) return;
  if (entries.length === 0) {
    if (before !== undefined) await ticketStore.clear();
    return;
  }
  // Answers about other things come by here, too.
  if (JSON.stringify(entries) !== JSON.stringify(own)) await ticketStore.write({ owner, entries });
  if (ownerNow() !== owner) await ticketStore.clear();
  else void registerWorker();
}
