import type { QueryClient } from "@tanstack/react-query";
import { session } from "@/session/session";

const ofTheBuyer = [
  "my-bookings",
  "booking",
  "ticket-code",
  "my-organisations",
  "transfers",
  "received-tickets",
  "held-ticket-code",
];

function buyerNow(): string | undefined {
  const current = session.get();
  return current.status === "signedIn" ? current.user.id : undefined;
}

/** Those that features/offline keeps: here, since it must happen on any page, whether or not that part has come. */
export function forgetTickets(): void {
  globalThis.caches?.delete("onsale-shop-tickets").catch(() => undefined);
}

/** What one buyer saw is not shown to the next, whichever tab they signed in or out in. */
export function forgetWithTheBuyer(queryClient: QueryClient): void {
  let buyer = buyerNow();
  session.subscribe(() => {
    const before = buyer;
    buyer = buyerNow();
    if (buyer === undefined || (before !== undefined && before !== buyer)) forgetTickets();
    if (before === undefined || before === buyer) return;
    for (const key of ofTheBuyer) {
      // Pages that are open ask again as the new buyer; without one they close by themselves.
      if (buyer === undefined) queryClient.removeQueries({ queryKey: [key] });
      else void queryClient.resetQueries({ queryKey: [key] });
    }
  });
}
