import { beforeEach, expect, it, vi } from "vitest";
import { MemoryCaches } from "@/testing/memory-caches";
import { storeName, ticketStore } from "./ticket-store";

let caches: MemoryCaches;
beforeEach(() => {
  caches = new MemoryCaches();
  vi.stubGlobal("caches", caches);
});

const entry = (name: string, until: number) => ({ key: ["booking", name], data: { id: name }, at: 1, until });

it("read_what was written_is there until it is over", async () => {
  await ticketStore.write({ owner: "u1", entries: [entry("soon", 10), entry("late", 20)] });
  expect((await ticketStore.read(5))?.entries).toHaveLength(2);
  expect(await ticketStore.read(15)).toEqual({ owner: "u1", entries: [entry("late", 20)] });
});

it("read_nothing was kept_makes no store", async () => {
  expect(await ticketStore.read(0)).toBeUndefined();
  expect(caches.kept.size).toBe(0);
});

it.each(["null", "{}", '{"owner":1,"entries":[]}', '{"owner":"u1","entries":[{"key":"x"}]}', "not json"])(
  "read_%s of another version_is nothing",
  async (body) => {
    await (await caches.open(storeName)).put("/kept-tickets", new Response(body));
    expect(await ticketStore.read(0)).toBeUndefined();
  },
);

it("prune_throws away what is over, and all of it at the end", async () => {
  await ticketStore.write({ owner: "u1", entries: [entry("soon", 10), entry("late", 20)] });
  await ticketStore.prune(15);
  expect((await ticketStore.read(0))?.entries).toEqual([entry("late", 20)]);
  await ticketStore.prune(25);
  expect(caches.kept.size).toBe(0);
});

it("read and write_storage that refuses_are nothing and no error", async () => {
  const refuse = () => Promise.reject(new DOMException("no", "SecurityError"));
  vi.stubGlobal("caches", { has: refuse, open: refuse, delete: refuse });
  await ticketStore.write({ owner: "u1", entries: [] });
  await ticketStore.clear();
  expect(await ticketStore.read(0)).toBeUndefined();
});
