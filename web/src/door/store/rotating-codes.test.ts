import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Door } from "./door";
import { codeOf, FakeDoorServer, idOf } from "./fake-door-server";

const stepMs = 15_000;
/** When a step begins. */
const start = 118_000_000 * stepMs;
let server: FakeDoorServer;

beforeEach(() => {
  server = new FakeDoorServer();
  server.rotatingCodes = true;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: start });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", new EventTarget());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A paired door whose network is gone. */
async function openOffline(): Promise<Door> {
  const door = new Door();
  await door.open("x");
  await door.sync();
  server.isAway = true;
  await door.sync();
  return door;
}

async function outcomeOf(door: Door, code: string, kind: "entry" | "exit" = "entry"): Promise<string> {
  return (await door.scan({ code }, kind)).outcome;
}

describe("a door without a network, where codes rotate", () => {
  it("admits by a code that is shown now, and not by a picture of it 40 seconds later", async () => {
    const door = await openOffline();
    const shown = await server.show(1, start);
    vi.setSystemTime(start + 40_000);
    expect(await outcomeOf(door, shown)).toBe("codeExpired");
    expect(await outcomeOf(door, await server.show(1, start + 40_000))).toBe("accepted");
    expect(await outcomeOf(door, await server.show(1, start + 40_000))).toBe("alreadyCheckedIn");
    expect(await outcomeOf(door, shown, "exit")).toBe("accepted");
  });

  it("refuses prints and typed codes, admits by name, and tells the server of each with its code", async () => {
    const door = await openOffline();
    for (const code of [codeOf(1), await server.sign(1, 0)])
      expect(await outcomeOf(door, code)).toBe("liveCodeRequired");
    expect((await door.scan({ ticketId: idOf(1) }, "entry")).outcome).toBe("accepted");
    const shown = await server.show(2, start);
    expect(await outcomeOf(door, shown)).toBe("accepted");
    server.isAway = false;
    await door.sync();
    expect(server.received.map(({ admitted }) => admitted)).toEqual([false, false, true, true]);
    expect(server.received.at(-1)).toMatchObject({ code: shown, scannedAt: new Date(start).toISOString() });
  });

  it("takes prints again once the server has told that codes rotate no more, also after it was opened anew", async () => {
    const door = await openOffline();
    expect(await outcomeOf(door, codeOf(1))).toBe("liveCodeRequired");
    [server.isAway, server.rotatingCodes] = [false, false];
    await door.sync();
    server.isAway = true;
    const again = new Door();
    await again.open(undefined);
    expect(await outcomeOf(again, codeOf(1))).toBe("accepted");
    expect(await outcomeOf(again, await server.show(2, start)), "what is shown live is good, too").toBe("accepted");
  });

  it("lets nobody in twice by one code, unless the entry was taken back", async () => {
    const door = await openOffline();
    const shown = await server.show(1, start);
    for (const kind of ["entry", "exit"] as const) expect(await outcomeOf(door, shown, kind)).toBe("accepted");
    expect(await outcomeOf(door, shown)).toBe("codeReused");
    const again = new Door();
    await again.open(undefined);
    expect(await outcomeOf(again, shown), "after it was opened anew").toBe("codeReused");
    expect(await outcomeOf(again, await server.show(1, start + stepMs))).toBe("accepted");
    expect((await again.scan({ ticketId: idOf(1) }, "undo")).outcome).toBe("accepted");
    expect(await outcomeOf(again, await server.show(1, start + stepMs))).toBe("accepted");
  });

  it("knows the same of a ticket that was sold after the list was loaded", async () => {
    const door = await openOffline();
    const shown = await server.show(9, start);
    for (const kind of ["entry", "exit"] as const) expect(await outcomeOf(door, shown, kind)).toBe("accepted");
    expect(await outcomeOf(door, shown)).toBe("codeReused");
  });

  it("refuses the key of an earlier holder", async () => {
    const door = await openOffline();
    expect(await outcomeOf(door, await server.show(1, start, 1))).toBe("accepted");
    expect(await outcomeOf(door, await server.show(1, start, 0))).toBe("transferred");
  });

  it("corrects a clock that was a day off when it had a network", async () => {
    const fetched = server.fetch;
    // The server's clock is right, and a day behind this device's.
    vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
      const text = await (await fetched(path, init)).text();
      return new Response(
        text.replace(/"serverTime":"[^"]+"/, `"serverTime":"${new Date(Date.now() - 86_400_000).toISOString()}"`),
      );
    });
    const door = await openOffline();
    expect(await outcomeOf(door, await server.show(1, start))).toBe("codeAhead");
    expect(await outcomeOf(door, await server.show(1, start - 86_400_000))).toBe("accepted");
  });

  it("doubts its own clock when all codes are off by the same time, and not for pictures", async () => {
    const door = await openOffline();
    for (const [number, minutes] of [1, 7, 30].entries())
      expect(await outcomeOf(door, await server.show(number, start - minutes * 60_000))).toBe("codeExpired");
    expect(door.view.get().doubtsClock).toBe(false);
    // Somebody has set the device's clock.
    vi.setSystemTime(start + 86_400_000);
    for (const number of [1, 1, 2]) await outcomeOf(door, await server.show(number, start));
    expect(door.view.get().doubtsClock, "two tickets are no proof").toBe(false);
    await outcomeOf(door, await server.show(3, start));
    expect(door.view.get().doubtsClock).toBe(true);
    server.isAway = false;
    await door.sync();
    expect(door.view.get().doubtsClock).toBe(false);
  });
});
