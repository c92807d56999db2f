import { beforeEach, expect, it, vi } from "vitest";
import { ProblemError } from "@/api/problem";
import { MemoryStorage } from "@/testing/memory-storage";

const post = vi.fn<(address: string, options: { params: { header: Record<string, string> } }) => Promise<unknown>>();
vi.mock("@/api/client", async (original) => ({ ...(await original<object>()), api: { POST: post } }));
vi.mock("@/session/session", () => ({ ensureBuyer: () => Promise.resolve(), authorisedFetch: fetch }));
const { holdPlaces, unansweredHold } = await import("./hold-places");

const body = { seats: [3, 4] };
const answered = (status: number, data: unknown) =>
  Promise.resolve({ response: new Response(null, { status }), ...(status < 400 ? { data } : { error: data }) });
const keys = () => post.mock.calls.map(([, { params }]) => params.header["Idempotency-Key"]);

beforeEach(() => {
  post.mockReset();
  vi.stubGlobal("sessionStorage", new MemoryStorage());
});

it("holdPlaces_pressed twice_asks once", async () => {
  post.mockImplementation(() => answered(201, { id: "b1" }));
  const [first, second] = await Promise.all([holdPlaces("e1", body), holdPlaces("e1", body)]);
  expect(first).toBe(second);
  expect(post).toHaveBeenCalledTimes(1);
});

it("holdPlaces_answer is lost_asks again with the same key, and with another for the next wish", async () => {
  post.mockRejectedValueOnce(new TypeError("network")).mockImplementation(() => answered(201, { id: "b1" }));
  expect(await holdPlaces("e1", body)).toEqual({ id: "b1" });
  await holdPlaces("e1", body);
  expect(keys()[1]).toBe(keys()[0]);
  expect(keys()[2]).not.toBe(keys()[0]);
});

it("holdPlaces_refused_forgets the key and leaves nothing to resume", async () => {
  post.mockImplementation(() => answered(409, { status: 409, code: "seats-unavailable", detail: "" }));
  await expect(holdPlaces("e1", body)).rejects.toThrow(ProblemError);
  expect(unansweredHold("e1")).toBeUndefined();
  expect(sessionStorage.length).toBe(0);
});

it("unansweredHold_no answer came before the reload_is asked for again, but not after two minutes", async () => {
  vi.useFakeTimers();
  try {
    post.mockRejectedValue(new TypeError("network"));
    const lost = expect(holdPlaces("e1", body)).rejects.toThrow();
    await vi.runAllTimersAsync();
    await lost;
    expect(unansweredHold("e1")).toEqual(body);
    vi.advanceTimersByTime(120_000);
    expect(unansweredHold("e1")).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});
