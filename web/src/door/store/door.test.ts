import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DoorDatabase } from "./database";
import { Door } from "./door";
import { codeOf, FakeDoorServer, idOf } from "./fake-door-server";

let server: FakeDoorServer;

beforeEach(() => {
  server = new FakeDoorServer();
  // Rounds of synchronising are the tests' own.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", new EventTarget());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function openDoor(pairingCode?: string): Promise<Door> {
  const door = new Door();
  await door.open(pairingCode);
  await door.sync();
  return door;
}

async function kept(store: string): Promise<unknown[]> {
  await DoorDatabase.open();
  const request = indexedDB.open("onsale-door");
  const database = await new Promise<IDBDatabase>((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const rows = database.transaction(store).objectStore(store).getAll();
  return new Promise((resolve) => {
    rows.onsuccess = () => resolve(rows.result);
  });
}

describe("the door's queue", () => {
  it("keeps nothing of codes that are no ticket's, whatever they hold", async () => {
    const door = await openDoor("x");
    server.isAway = true;
    await door.sync();
    await door.scan({ code: codeOf(1) }, "entry");
    for (const code of ["x".repeat(4_000), "https://example.com/ünï", "\0".repeat(16), "0".repeat(120)])
      expect((await door.scan({ code }, "entry")).outcome).toBe("notFound");
    expect(door.view.get().queued).toBe(1);

    server.isAway = false;
    await door.sync();
    expect(server.received.map(({ code }) => code)).toEqual([codeOf(1)]);
    expect(door.view.get()).toMatchObject({ queued: 0, rejected: 0 });
  });

  it("loses no scan to one that the server does not understand, and keeps that one", async () => {
    const door = await openDoor("x");
    server.isAway = true;
    await door.sync();
    await door.scan({ code: codeOf(1) }, "entry");
    // As an earlier version of this app queued it.
    const database = await DoorDatabase.open();
    await database.keep(
      {
        nonce: crypto.randomUUID(),
        code: "x".repeat(400),
        kind: "entry",
        gate: "",
        scannedAt: new Date().toISOString(),
        admitted: false,
        outcome: "notFound",
      },
      undefined,
    );
    await door.scan({ code: codeOf(2) }, "entry");

    server.isAway = false;
    await door.sync();
    expect(server.received.map(({ code }) => code)).toEqual([codeOf(1), codeOf(2)]);
    expect(door.view.get()).toMatchObject({ queued: 0, rejected: 1 });
    expect(await kept("rejected")).toMatchObject([{ code: "x".repeat(400) }]);
    server.asked.length = 0;
    await door.sync();
    expect(server.asked).not.toContain("check-ins");
  });
});

describe("a device's pairing", () => {
  it("that a used link does not replace goes on, and says what was wrong", async () => {
    await openDoor("x");
    server.isPairingUsed = true;
    const door = await openDoor("x");
    expect(door.view.get()).toMatchObject({
      phase: "ready",
      isOnline: true,
      problem: { code: "pairing-not-found" },
    });
    expect((await door.scan({ code: codeOf(1) }, "entry")).outcome).toBe("accepted");
    // It goes on by itself.
    server.asked.length = 0;
    await vi.advanceTimersByTimeAsync(3_000);
    await door.sync();
    expect(server.asked).toContain("changes");
    door.dismissProblem();
    expect(door.view.get().problem).toBeUndefined();
  });

  it("that was ended leaves neither list nor names, but what was not sent", async () => {
    const door = await openDoor("x");
    server.isAway = true;
    await door.sync();
    await door.scan({ code: codeOf(1) }, "entry");
    server.isAway = false;
    server.isRevoked = true;
    await door.sync();

    expect(door.view.get()).toMatchObject({ phase: "revoked", queued: 1 });
    expect(door.view.get().event).toBeUndefined();
    expect(await kept("parts")).toEqual([]);
    expect(await kept("marks")).toEqual([]);
    expect(JSON.stringify(await kept("settings"))).not.toContain("concert");
    expect(await kept("queue")).toHaveLength(1);
    // It does not come back with its list after the page is opened anew without a network.
    server.isAway = true;
    const again = await openDoor();
    expect(again.view.get().phase).toBe("revoked");
  });
});

describe("what a device has decided", () => {
  it("is there when its page is opened anew without a network", async () => {
    const door = await openDoor("x");
    await door.scan({ code: codeOf(1) }, "entry");
    server.isAway = true;
    await door.sync();
    await door.scan({ code: codeOf(2) }, "entry");
    await door.scan({ code: codeOf(3) }, "entry");
    await door.scan({ code: codeOf(3) }, "exit");

    const again = await openDoor();
    expect(again.view.get()).toMatchObject({ queued: 3, counts: { tickets: 5, admitted: 3, inside: 2 } });
    for (const number of [1, 2]) {
      const verdict = await again.scan({ code: codeOf(number) }, "entry");
      expect(verdict).toMatchObject({ outcome: "alreadyCheckedIn", previous: { device: "North" } });
    }
    expect((await again.scan({ code: codeOf(3) }, "entry")).outcome).toBe("accepted");
  });
});

describe("tickets that are sold, cancelled or handed on meanwhile", () => {
  it("come to the list without loading it anew, and stay", async () => {
    const door = await openDoor("x");
    await door.scan({ code: codeOf(1) }, "entry");
    expect((await door.scan({ code: codeOf(6) }, "entry")).outcome).toBe("notFound");
    server.tickets = 8;
    server.cancelled.add(4);
    server.toldUpTo = 4;
    server.changed = [{ id: idOf(7), admitted: true }];
    server.asked.length = 0;
    vi.setSystemTime(Date.now() + 120_000);
    await door.sync();

    expect(server.asked).not.toContain("tickets");
    for (const one of [door, await openDoor()]) {
      expect(one.view.get().counts).toEqual({ tickets: 7, admitted: 2, inside: 1 });
      expect((await one.scan({ code: codeOf(4) }, "entry")).outcome).toBe("cancelled");
    }
    expect((await door.scan({ code: codeOf(6) }, "entry")).outcome).toBe("accepted");
  });
});

describe("the door's list, loaded anew", () => {
  it("knows what this device has let in while it was on its way", async () => {
    const door = await openDoor("x");
    server.listVersion = 2;
    vi.setSystemTime(Date.now() + 120_000);
    server.whilePart = async () => {
      server.whilePart = undefined;
      await door.scan({ code: codeOf(1) }, "entry");
    };
    await door.sync();
    expect(server.received).toHaveLength(1);
    expect(await kept("queue")).toEqual([]);
    expect((await door.scan({ code: codeOf(1) }, "entry")).outcome).toBe("alreadyCheckedIn");
    expect(door.view.get().counts).toEqual({ tickets: 5, admitted: 1, inside: 1 });
  });

  it("does not cost the conflicts that were told with it", async () => {
    const door = await openDoor("x");
    server.listVersion = 2;
    vi.setSystemTime(Date.now() + 120_000);
    const entry = { at: new Date().toISOString(), gate: "A" };
    const nonce = crypto.randomUUID();
    server.conflicts = [
      {
        nonce,
        ticket: { id: idOf(1), tier: "Floor", label: "Seat 1" },
        outcome: "alreadyCheckedIn",
        entry,
        deviceId: "019b76da-a800-75fa-aa79-000000000001",
        standing: entry,
      },
    ];
    server.asked.length = 0;
    await door.sync();
    expect(server.asked).toContain("tickets");
    expect(door.view.get().conflicts).toMatchObject([{ nonce }]);
    const again = await openDoor();
    expect(again.view.get().conflicts).toMatchObject([{ nonce }]);
  });

  it("is not undone by news that are older than a scan here", async () => {
    const door = await openDoor("x");
    await door.scan({ code: codeOf(1) }, "entry");
    const fetched = server.fetch;
    vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
      server.changed = path.includes("changes") ? [{ id: idOf(2), admitted: false }] : [];
      const answer = await fetched(path, init);
      if (path.includes("changes")) await door.scan({ code: codeOf(2) }, "entry");
      return answer;
    });
    await door.sync();
    expect(door.view.get().counts.inside).toBe(2);
  });
});

describe("a ticket that changed hands after the list was loaded", () => {
  async function comeAndGo(door: Door): Promise<void> {
    for (const kind of ["entry", "exit"] as const)
      expect((await door.scan({ code: await server.sign(1, 1) }, kind)).outcome).toBe("accepted");
  }

  async function expectOnlyTheLastHolder(door: Door): Promise<void> {
    for (const code of [await server.sign(1, 0), codeOf(1)])
      expect((await door.scan({ code }, "entry")).outcome).toBe("transferred");
    expect((await door.scan({ code: await server.sign(1, 1) }, "entry")).outcome).toBe("accepted");
  }

  it("admits only its last holder, also when they went out and the page is opened anew", async () => {
    const door = await openDoor("x");
    server.isAway = true;
    await door.sync();
    await comeAndGo(door);
    await expectOnlyTheLastHolder(await openDoor());
  });

  it("admits only its last holder, also when the server has told where they are", async () => {
    const door = await openDoor("x");
    await comeAndGo(door);
    await door.sync();
    server.changed = [{ id: idOf(1), admitted: true }];
    await door.sync();
    server.isAway = true;
    await expectOnlyTheLastHolder(await openDoor());
  });
});
