import { DirectionProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { makeQueryClient } from "@/api/query-client";
import { CardAction } from "@/features/events/components/card-action";
import { I18nProvider } from "@/i18n/i18n";
import { directionOf, type Catalogue, type Language } from "@/i18n/messages";
import { MantineSetting } from "@/ui/mantine-setting";
import { heartOf } from "./favourites-later";
import { router } from "./router";
import { forgetWithTheBuyer } from "./session-cache";

export const queryClient = makeQueryClient();

forgetWithTheBuyer(queryClient);

interface AppProps {
  language: Language;
  catalogue: Catalogue;
}

export function App({ language, catalogue }: AppProps) {
  return (
    <DirectionProvider initialDirection={directionOf(language)}>
      <MantineSetting>
        <I18nProvider language={language} catalogue={catalogue}>
          <QueryClientProvider client={queryClient}>
            <CardAction value={heartOf}>
              <RouterProvider router={router} context={{ queryClient }} />
            </CardAction>
          </QueryClientProvider>
        </I18nProvider>
      </MantineSetting>
    </DirectionProvider>
  );
}
