import createClient from "openapi-fetch";
import { authorisedFetch } from "@/session/session";
import { NoAnswerError, ProblemError, readProblem } from "./problem";
import type { paths } from "./schema";

/** The typed client of the API; every call goes through the session, which adds and renews the access token. */
export const api = createClient<paths>({ baseUrl: "/", fetch: authorisedFetch });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Data, or an error that says which kind of failure it was. */
export async function unwrap<T>(request: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (error) {
    if (error instanceof ProblemError || (error instanceof DOMException && error.name === "AbortError")) throw error;
    throw new NoAnswerError(error);
  }
  if (answer.response.ok) return answer.data as T;
  const problem = readProblem(answer.error, answer.response.status);
  if (problem.code === "read-only") window.dispatchEvent(new Event("onsale:read-only"));
  throw new ProblemError(problem);
}

/** A body that is not JSON: a picture, a calendar file. */
export async function fetchBlob(address: string, headers: Record<string, string> = {}): Promise<Blob> {
  let response: Response;
  try {
    response = await authorisedFetch(new Request(new URL(address, location.origin), { headers }));
  } catch (error) {
    throw new NoAnswerError(error);
  }
  if (!response.ok) throw new ProblemError(readProblem(await response.json().catch(() => undefined), response.status));
  return response.blob();
}
