import { beforeEach, expect, it, vi } from "vitest";
import { MemoryStorage } from "@/testing/memory-storage";
import { forgetIdempotencyKey, idempotencyKey, joined } from "./idempotency";

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.stubGlobal("sessionStorage", new MemoryStorage());
});

it("idempotencyKey_same intention, also after a reload_is the same key until it is forgotten", async () => {
  const first = idempotencyKey("hold.1");
  vi.resetModules();
  const reloaded = await import("./idempotency");
  expect(reloaded.idempotencyKey("hold.1")).toBe(first);
  expect(idempotencyKey("hold.2")).not.toBe(first);
  forgetIdempotencyKey("hold.1");
  expect(idempotencyKey("hold.1")).not.toBe(first);
});

it("idempotencyKey_page over plain HTTP, where there is no randomUUID_is random all the same", () => {
  const { crypto } = globalThis;
  vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) });
  const keys = new Set(Array.from({ length: 100 }, (_, index) => idempotencyKey(`hold.${index}`)));
  expect(keys.size).toBe(100);
  expect([...keys].every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
});

it("idempotencyKey_storage refuses_still gives a key", () => {
  vi.stubGlobal("sessionStorage", {
    getItem: () => {
      throw new DOMException("denied", "SecurityError");
    },
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  expect(idempotencyKey("hold.1")).toMatch(/^[0-9a-f-]{32,36}$/);
});

it("joined_second call while the first is under way_shares its answer and asks once", async () => {
  let asked = 0;
  const work = () => {
    asked += 1;
    return new Promise<number>((resolve) => setTimeout(() => resolve(asked)));
  };
  expect(await Promise.all([joined("pay.1", work), joined("pay.1", work)])).toEqual([1, 1]);
  expect(await joined("pay.1", work)).toBe(2);
});

it("joined_first call fails_the next one asks again", async () => {
  await expect(joined("pay.1", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await joined("pay.1", () => Promise.resolve("yes"))).toBe("yes");
});
