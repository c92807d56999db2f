import { DirectionProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { isWorthRetrying, ProblemError } from "@/api/problem";
import { I18nProvider } from "@/i18n/i18n";
import { directionOf, type Catalogue, type Language } from "@/i18n/messages";
import { MantineSetting } from "@/ui/mantine-setting";
import { router } from "./router";
import { forgetWithTheBuyer } from "./session-cache";

const maxRetries = 3;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < maxRetries && isWorthRetrying(error),
      // Doubling with chance added, so that a crowd that failed together does not come back together.
      retryDelay: (attempt) => Math.min(8000, 400 * 2 ** attempt) * (0.5 + Math.random()),
      throwOnError: (error, query) =>
        query.state.data === undefined && !(error instanceof ProblemError && error.status === 404),
    },
    mutations: { retry: false },
  },
});

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
            <RouterProvider router={router} context={{ queryClient }} />
          </QueryClientProvider>
        </I18nProvider>
      </MantineSetting>
    </DirectionProvider>
  );
}
