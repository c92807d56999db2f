import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { later } from "./later";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const Part = () => null;

/** What React does when it meets the part: the promise that it waits for. */
function meet(part: ReturnType<typeof later<object>>): Promise<unknown> {
  const { _init, _payload } = part as unknown as { _init: (payload: unknown) => unknown; _payload: unknown };
  try {
    return Promise.resolve(_init(_payload));
  } catch (waiting) {
    return waiting as Promise<unknown>;
  }
}

test("a part that cannot be fetched is asked for again until it comes", async () => {
  const load = vi.fn<() => Promise<{ default: typeof Part }>>();
  load.mockRejectedValueOnce(new TypeError("offline")).mockRejectedValueOnce(new TypeError("offline"));
  load.mockResolvedValue({ default: Part });

  const met = meet(later(load));
  await vi.advanceTimersByTimeAsync(1999);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(load).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(4000);

  await expect(met).resolves.toBeDefined();
  expect(load).toHaveBeenCalledTimes(3);
});
