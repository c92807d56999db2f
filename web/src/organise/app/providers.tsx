import { DirectionProvider } from "@mantine/core";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { I18nProvider } from "@/i18n/i18n";
import { directionOf, type Catalogue, type Language } from "@/i18n/messages";
import { MantineSetting } from "@/ui/mantine-setting";
import type { OrganiseCatalogue } from "../i18n/messages";
import { TextProvider } from "../i18n/text";

export interface ProvidersProps {
  language: Language;
  shared: Catalogue;
  own: OrganiseCatalogue;
  queryClient: QueryClient;
  children: ReactNode;
}

/** Texts, queries and looks, for whichever pages there are. */
export function Providers({ language, shared, own, queryClient, children }: ProvidersProps) {
  return (
    <DirectionProvider initialDirection={directionOf(language)}>
      <MantineSetting>
        <I18nProvider language={language} catalogue={shared}>
          <TextProvider language={language} catalogue={own}>
            <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
          </TextProvider>
        </I18nProvider>
      </MantineSetting>
    </DirectionProvider>
  );
}
