import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventDetails, EventListPage } from "@/api/types";
import type { SaleTimes } from "../model/sale-moments";
import { watchMoment, withEvent } from "./use-sale-moments";

const opensAt = "2027-01-01T12:01:00Z";
const upcoming: SaleTimes = { saleStatus: "upcoming", onSaleAt: opensAt, offSaleAt: "2027-01-03T12:00:00Z" };
const page = new EventTarget() as EventTarget & { visibilityState: string };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2027-01-01T12:00:00Z") });
  page.visibilityState = "visible";
  vi.stubGlobal("document", page);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("watchMoment", () => {
  it("watchMoment_sale opens_asks once after the instant, and waits for the end then", async () => {
    const asked: number[] = [];
    const stop = watchMoment(upcoming, () => {
      asked.push(Date.now());
      return Promise.resolve({ ...upcoming, saleStatus: "onSale" });
    });
    await vi.advanceTimersByTimeAsync(59_999);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toBeGreaterThanOrEqual(Date.parse(opensAt));
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("watchMoment_server still says upcoming or does not answer_asks again until it has changed", async () => {
    let asked = 0;
    watchMoment(upcoming, () => {
      asked += 1;
      if (asked === 2) return Promise.reject(new Error("no answer"));
      return Promise.resolve(asked < 4 ? upcoming : { ...upcoming, saleStatus: "onSale" });
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toBe(4);
  });

  it("watchMoment_page comes back from the background after the instant_asks at once", async () => {
    const ask = vi.fn(() => Promise.resolve<SaleTimes>({ ...upcoming, saleStatus: "onSale" }));
    watchMoment(upcoming, ask);
    vi.setSystemTime(Date.parse(opensAt) + 3_600_000);
    page.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(1500);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("watchMoment_several instants come and go_follows each", async () => {
    const answers: SaleTimes[] = [
      { ...upcoming, onSaleAt: "2027-01-01T12:05:00Z" },
      { ...upcoming, onSaleAt: "2027-01-01T12:05:00Z", saleStatus: "onSale", offSaleAt: "2027-01-01T12:10:00Z" },
      { ...upcoming, saleStatus: "ended" },
    ];
    const ask = vi.fn(() => Promise.resolve(answers.shift() as SaleTimes));
    watchMoment(upcoming, ask);
    await vi.advanceTimersByTimeAsync(1_200_000);
    expect(ask).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("withEvent", () => {
  const row = { id: "1", title: "A", saleStatus: "upcoming", venue: { city: "Berlin" } };
  const list = { data: [row, { id: "2" }], meta: {} } as unknown as EventListPage;

  it("withEvent_event in the list_takes its sale into the row", () => {
    const details = { id: "1", saleStatus: "onSale", availability: { total: 5, available: 4 } } as EventDetails;
    const changed = withEvent(list, details);
    expect(changed?.data[0]).toMatchObject({ title: "A", saleStatus: "onSale", availability: { available: 4 } });
    expect(changed?.data[1]).toBe(list.data[1]);
  });

  it("withEvent_event of no row_leaves the list as it is", () => {
    expect(withEvent(list, { id: "3" } as EventDetails)).toBe(list);
    expect(withEvent(undefined, { id: "3" } as EventDetails)).toBeUndefined();
  });
});
