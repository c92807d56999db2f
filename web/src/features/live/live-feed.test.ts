import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveFeed, type LiveState } from "./live-feed";
import type { TransportContext, TransportOpener } from "./transports";

const snapshot = { type: "snapshot", version: 1, seats: btoa("\0"), tiers: [] };

/** Remembers each connection, so that the test can speak on it. */
function recorder(): { opened: TransportContext[]; opener: TransportOpener } {
  const opened: TransportContext[] = [];
  return {
    opened,
    opener: (context) => {
      opened.push(context);
      return { close: () => undefined };
    },
  };
}

function follow(...openers: TransportOpener[]): LiveState[] {
  const states: LiveState[] = [];
  new LiveFeed({
    eventId: "e",
    onState: (state) => states.push(state),
    onEventChanged: () => undefined,
    openers,
  }).start();
  return states;
}

describe("the live feed", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("falls back to the next way when one never opens", () => {
    const [first, second] = [recorder(), recorder()];
    follow(first.opener, second.opener);
    first.opened[0]?.onClose();
    vi.advanceTimersByTime(1000);
    first.opened[1]?.onClose();
    expect(second.opened).toHaveLength(1);
  });

  it("falls back when a way opens and says nothing, or hangs up before it has said anything", () => {
    const [first, second] = [recorder(), recorder()];
    follow(first.opener, second.opener);
    vi.advanceTimersByTime(60_000);
    expect(first.opened).toHaveLength(2);
    expect(second.opened.length).toBeGreaterThan(0);
  });

  it("stays with a way that has worked while its server restarts", () => {
    const [first, second] = [recorder(), recorder()];
    const states = follow(first.opener, second.opener);
    first.opened[0]?.onMessage(snapshot, "live");
    for (let attempt = 0; attempt < 4; attempt++) {
      first.opened[attempt]?.onClose();
      expect(states.at(-1)?.status).toBe("stale");
      while (first.opened.length < attempt + 2) vi.advanceTimersByTime(100);
    }
    first.opened[4]?.onMessage({ type: "changes", version: 2, from: 1, sold: [0], tiers: [] }, "live");
    expect(states.at(-1)?.status).toBe("live");
    expect(second.opened).toHaveLength(0);
  });

  it("is stale after a break, and goes on from the version it has", () => {
    const way = recorder();
    const states = follow(way.opener);
    way.opened[0]?.onMessage(snapshot, "live");
    expect(states.at(-1)?.status).toBe("live");
    way.opened[0]?.onClose();
    expect(states.at(-1)?.status).toBe("stale");
    vi.advanceTimersByTime(30_000);
    expect(way.opened[1]?.version()).toBe(1);
  });

  it("connects anew when a change was missed", () => {
    const way = recorder();
    follow(way.opener);
    way.opened[0]?.onMessage(snapshot, "live");
    way.opened[0]?.onMessage({ type: "changes", version: 9, from: 8, sold: [0], tiers: [] }, "live");
    expect(way.opened).toHaveLength(2);
    expect(way.opened[1]?.version()).toBe(1);
  });

  it("hears nothing from a connection that it has replaced", () => {
    const way = recorder();
    const states = follow(way.opener);
    way.opened[0]?.onMessage(snapshot, "live");
    way.opened[0]?.onMessage({ type: "changes", version: 9, from: 8, tiers: [] }, "live");
    const before = states.length;
    way.opened[0]?.onMessage({ type: "viewers", count: 3 }, "live");
    expect(states).toHaveLength(before);
  });
});
