import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";

const mostSessions = 50;

/** Where the buyer is signed in, this session first. */
export const sessionsQuery = queryOptions({
  queryKey: ["my-sessions"],
  queryFn: ({ signal }) =>
    unwrap(api.GET("/api/v1/me/sessions", { params: { query: { limit: String(mostSessions) } }, signal })),
  // Sessions begin and end elsewhere.
  staleTime: 0,
  throwOnError: false,
});

export function endOneSession(sessionId: string): Promise<unknown> {
  return unwrap(api.DELETE("/api/v1/me/sessions/{sessionId}", { params: { path: { sessionId } } }));
}

export function endOtherSessions(): Promise<unknown> {
  return unwrap(api.DELETE("/api/v1/me/sessions", { params: { query: { except: "current" } } }));
}
