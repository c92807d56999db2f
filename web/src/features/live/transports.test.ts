import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openEventSource, openWebSocket, poll, type TransportContext } from "./transports";

class FakeSocket {
  static last: FakeSocket;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  isClosed = false;

  constructor(readonly address: URL) {
    FakeSocket.last = this;
  }

  close(): void {
    this.isClosed = true;
    this.onclose?.();
  }
}

class FakeSource extends EventTarget {
  static last: FakeSource;
  onmessage: ((message: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  isClosed = false;

  constructor(readonly address: URL) {
    super();
    FakeSource.last = this;
  }

  close(): void {
    this.isClosed = true;
  }
}

const closed = vi.fn();
const received = vi.fn();
let version: number | undefined;
const context: TransportContext = { eventId: "e1", version: () => version, onMessage: received, onClose: closed };

beforeEach(() => {
  vi.useFakeTimers();
  closed.mockReset();
  received.mockReset();
  version = undefined;
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("location", { origin: "https://shop.example" });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("openWebSocket", () => {
  it("openWebSocket_page over TLS_is a secure socket that goes on from the version at hand", () => {
    version = 7;
    openWebSocket(context);
    expect(String(FakeSocket.last.address)).toBe("wss://shop.example/api/v1/events/e1/live?version=7");
    vi.stubGlobal("location", { origin: "http://localhost:8080" });
    version = undefined;
    openWebSocket(context);
    expect(String(FakeSocket.last.address)).toBe("ws://localhost:8080/api/v1/events/e1/live");
  });

  it("openWebSocket_message and end_are passed on; an end that was asked for is none", () => {
    const transport = openWebSocket(context);
    FakeSocket.last.onmessage?.({ data: '{"type":"viewers","count":2}' });
    expect(received).toHaveBeenCalledWith({ type: "viewers", count: 2 }, "live");
    FakeSocket.last.onclose?.();
    expect(closed).toHaveBeenCalledTimes(1);
    transport.close();
    expect([FakeSocket.last.isClosed, closed.mock.calls.length]).toEqual([true, 1]);
  });
});

describe("openEventSource", () => {
  it.each(["snapshot", "changes", "viewers", "event"])("openEventSource_event %s_is passed on", (type) => {
    openEventSource(context);
    FakeSource.last.dispatchEvent(new MessageEvent(type, { data: '{"version":3}' }));
    expect(received).toHaveBeenCalledWith({ version: 3 }, "live");
  });

  it("openEventSource_error_closes it, since the browser would come back with an old version", () => {
    openEventSource(context);
    FakeSource.last.onerror?.();
    expect([FakeSource.last.isClosed, closed.mock.calls.length]).toEqual([true, 1]);
  });
});

describe("poll", () => {
  const answer =
    (body: unknown, status = 200) =>
    () =>
      Promise.resolve(new Response(JSON.stringify(body), { status }));

  it("poll_first answer is all, later ones are changes_asks since the version at hand", async () => {
    const asked = vi.fn<(address: URL) => Promise<Response>>(answer({ version: 1 }));
    vi.stubGlobal("fetch", asked);
    const transport = poll(context);
    await vi.advanceTimersByTimeAsync(0);
    expect(received).toHaveBeenLastCalledWith({ version: 1, type: "snapshot" }, "polling");
    version = 1;
    asked.mockImplementation(answer({ version: 2, from: 1 }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(received).toHaveBeenLastCalledWith({ version: 2, from: 1, type: "changes" }, "polling");
    expect(asked.mock.calls.at(-1)?.[0].search).toBe("?since=1");
    const before = asked.mock.calls.length;
    transport.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.mock.calls.length).toBe(before);
  });

  it("poll_503 or no answer_is an end; one that was closed meanwhile is none", async () => {
    vi.stubGlobal("fetch", answer({}, 503));
    poll(context);
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toHaveBeenCalledTimes(1);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    poll(context).close();
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toHaveBeenCalledTimes(1);
  });
});
