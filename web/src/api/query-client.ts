import { QueryClient } from "@tanstack/react-query";
import { isWorthRetrying, ProblemError } from "./problem";

const maxRetries = 3;

/** How both apps ask the API: what may succeed later is asked for again; what a page cannot do without is an error. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
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
}
