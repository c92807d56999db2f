import { NoAnswerError, ProblemError, readProblem } from "@/api/problem";

/** What the API answered, with the tag of the state that it is of: a change names it, so that no other is lost. */
export interface Tagged<T> {
  value: T;
  etag: string;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** As `unwrap`, with the answer's ETag. */
export async function unwrapTagged<T>(request: Promise<Answer<T>>): Promise<Tagged<T>> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NoAnswerError(error);
  }
  if (!answer.response.ok) throw new ProblemError(readProblem(answer.error, answer.response.status));
  return { value: answer.data as T, etag: answer.response.headers.get("ETag") ?? "" };
}
