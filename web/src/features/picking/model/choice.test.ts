import { beforeEach, describe, expect, it, vi } from "vitest";
import type { EventDetails } from "@/api/types";
import { choiceOf, countOf, emptyChoice, keepChoice, keptChoice, requestOf } from "./choice";

const event = {
  id: "e",
  hasSeatMap: true,
  policy: { maxTicketsPerBuyer: 8 },
  tiers: [
    { id: "stalls", kind: "seated", total: 50 },
    { id: "circle", kind: "seated", total: 50 },
    { id: "pitch", kind: "quantity", total: 1 },
  ],
} as unknown as EventDetails;

const choice = { ...emptyChoice(8), seats: new Set([7, 3]), quantities: new Map([["pitch", 2]]) };

describe("one choice", () => {
  it("becomes one request, whatever way its places were chosen", () => {
    expect(requestOf(choice, event)).toEqual({ seats: [3, 7], tickets: [{ tierId: "pitch", quantity: 2 }] });
    const withBest = new Map([...choice.quantities, ["stalls", 4] as const]);
    expect(requestOf({ ...choice, quantities: withBest }, event)).toEqual({
      seats: [3, 7],
      tickets: [{ tierId: "pitch", quantity: 2 }],
      bestAvailable: { tierId: "stalls", quantity: 4, together: true },
    });
    expect(countOf({ ...choice, quantities: withBest })).toBe(8);
  });

  it("asks for the best of several tiers without insisting that each sits together", () => {
    const quantities = new Map([
      ["stalls", 2],
      ["circle", 1],
      ["pitch", 0],
    ]);
    expect(requestOf({ ...choice, seats: new Set(), quantities }, event)).toEqual({
      tickets: [
        { tierId: "stalls", quantity: 2 },
        { tierId: "circle", quantity: 1 },
      ],
    });
  });

  it("can be read back from its request", () => {
    const quantities = new Map([
      ["pitch", 2],
      ["stalls", 4],
    ]);
    const request = requestOf({ ...choice, quantities, together: false }, event);
    const back = choiceOf(request, 8);
    expect([...back.seats]).toEqual([3, 7]);
    expect(back.quantities).toEqual(quantities);
    expect(back.together).toBe(false);
  });
});

describe("a choice that is kept", () => {
  beforeEach(() => {
    const stored = new Map<string, string>();
    vi.stubGlobal("sessionStorage", {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    });
  });

  it("is there again after a reload, as far as the event still has it", () => {
    keepChoice(event.id, { ...choice, way: "list" });
    const kept = keptChoice(event);
    expect(kept?.seats).toEqual(new Set([7, 3]));
    expect(kept?.quantities).toEqual(new Map([["pitch", 1]]));
    expect(kept?.way).toBe("list");
  });

  it("is forgotten once it is held", () => {
    keepChoice(event.id, choice);
    keepChoice(event.id, undefined);
    expect(keptChoice(event)).toBeUndefined();
  });
});
