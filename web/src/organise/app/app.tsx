import { RouterProvider } from "@tanstack/react-router";
import { makeQueryClient } from "@/api/query-client";
import { session } from "@/session/session";
import { Providers, type ProvidersProps } from "./providers";
import { router } from "./router";

const queryClient = makeQueryClient();

/** What one member saw is not shown to the next, whichever tab they signed in or out in. */
function accountNow(): string | undefined {
  const current = session.get();
  return current.status === "signedIn" ? current.user.id : undefined;
}
let account = accountNow();
session.subscribe(() => {
  const before = account;
  account = accountNow();
  if (before !== undefined && before !== account) void queryClient.resetQueries();
});

export function App(props: Omit<ProvidersProps, "queryClient" | "children">) {
  return (
    <Providers {...props} queryClient={queryClient}>
      <RouterProvider router={router} context={{ queryClient }} />
    </Providers>
  );
}
