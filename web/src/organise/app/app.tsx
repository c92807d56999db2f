import { DirectionProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { makeQueryClient } from "@/api/query-client";
import { I18nProvider } from "@/i18n/i18n";
import { directionOf, type Catalogue, type Language } from "@/i18n/messages";
import { session } from "@/session/session";
import { MantineSetting } from "@/ui/mantine-setting";
import type { OrganiseCatalogue } from "../i18n/messages";
import { TextProvider } from "../i18n/text";
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

interface AppProps {
  language: Language;
  shared: Catalogue;
  own: OrganiseCatalogue;
}

export function App({ language, shared, own }: AppProps) {
  return (
    <DirectionProvider initialDirection={directionOf(language)}>
      <MantineSetting>
        <I18nProvider language={language} catalogue={shared}>
          <TextProvider language={language} catalogue={own}>
            <QueryClientProvider client={queryClient}>
              <RouterProvider router={router} context={{ queryClient }} />
            </QueryClientProvider>
          </TextProvider>
        </I18nProvider>
      </MantineSetting>
    </DirectionProvider>
  );
}
