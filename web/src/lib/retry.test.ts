import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { NoAnswerError, ProblemError } from "@/api/problem";
import { withRetries } from "./retry";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const problem = (status: number) => new ProblemError({ status, code: "any", detail: "" });

it.each([
  ["503", problem(503)],
  ["429", problem(429)],
  ["no answer", new NoAnswerError(undefined)],
])("withRetries_%s_tries again and returns what comes", async (_, error) => {
  const work = vi.fn<() => Promise<string>>().mockRejectedValueOnce(error).mockResolvedValue("done");
  const result = withRetries(work, 3);
  await vi.runAllTimersAsync();
  expect(await result).toBe("done");
  expect(work).toHaveBeenCalledTimes(2);
});

it.each([400, 401, 404, 409, 500])("withRetries_%i_is final at once", async (status) => {
  const work = vi.fn(() => Promise.reject(problem(status)));
  await expect(withRetries(work, 3)).rejects.toThrow(ProblemError);
  expect(work).toHaveBeenCalledTimes(1);
});

it("withRetries_never succeeds_gives the last failure after all attempts, with doubling pauses", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const started = Date.now();
  const at: number[] = [];
  const work = () => {
    at.push(Date.now() - started);
    return Promise.reject(problem(503));
  };
  const result = expect(withRetries(work, 4, 400)).rejects.toThrow(ProblemError);
  await vi.runAllTimersAsync();
  await result;
  expect(at).toEqual([0, 400, 1200, 2800]);
});
