import type { components } from "@/api/schema";
import { ExternalStore } from "@/lib/external-store";
import { Decider, type Verdict } from "../model/decider";
import { DoorList, storedPart, type ListedTicket, type Mark } from "../model/list";
import type { ScanKind } from "../model/rules";
import { DoorDatabase, type QueuedScan, type Settings } from "./database";
import { RefusedError, server } from "./server";

type Schemas = components["schemas"];

/** What the page shows. */
export interface DoorView {
  phase: "opening" | "unpaired" | "loading" | "ready" | "revoked" | "broken";
  event?: Schemas["DoorEvent"];
  device?: string;
  /** How much of the list is here. */
  loaded: number;
  counts: { tickets: number; admitted: number; inside: number };
  isOnline: boolean;
  queued: number;
  rejected: number;
  syncedAt?: number;
  gate: string;
  conflicts: Schemas["DoorConflict"][];
  problem?: string;
}

const syncEveryMs = 3_000;
/** The list is loaded anew at most so often, where tickets were sold or cancelled since. */
const reloadEveryMs = 60_000;
const batchScans = 200;
/** So long the server may take to decide a scan; then the device decides. */
const answerWithinMs = 1_500;
const keptConflicts = 50;

/** The door of one device: it decides by itself, and tells the server when it can. */
export class Door {
  readonly view = new ExternalStore<DoorView>({
    phase: "opening",
    loaded: 0,
    counts: { tickets: 0, admitted: 0, inside: 0 },
    isOnline: false,
    queued: 0,
    rejected: 0,
    gate: "",
    conflicts: [],
  });
  #database!: DoorDatabase;
  #settings: Partial<Settings> = {};
  #list = new DoorList([]);
  #decider: Decider | undefined;
  #loadedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #syncing: Promise<void> | undefined;
  #isListening = false;
  /** One scan after the other: two of one ticket are never decided at once. */
  #deciding: Promise<unknown> = Promise.resolve();

  /** Opens what is on the device; with a pairing code, pairs it first. */
  async open(pairingCode: string | undefined): Promise<void> {
    this.#database = await DoorDatabase.open();
    this.#settings = await this.#database.settings();
    if (pairingCode !== undefined) {
      await this.pair(pairingCode);
      return;
    }
    if (this.#settings.event === undefined) {
      this.#show({ phase: this.#settings.pairing === undefined ? "unpaired" : "loading" });
      if (this.#settings.pairing !== undefined) await this.#reload();
    } else await this.#fill();
    this.#keepSyncing();
  }

  /** The browser keeps nothing. */
  fail(): void {
    this.#show({ phase: "broken" });
  }

  async pair(code: string): Promise<void> {
    if ((await this.#database.queued()) > 0) await this.sync();
    this.#show({ phase: "loading", problem: undefined });
    try {
      const pairing = await server.pair(code);
      await this.#database.clear();
      this.#settings = { pairing };
      await this.#database.set({ pairing });
    } catch (error) {
      this.#show({ phase: this.#settings.event === undefined ? "unpaired" : "ready", problem: textOf(error) });
      if (this.#settings.event !== undefined) await this.#fill();
      return;
    }
    await this.#reload();
    this.#keepSyncing();
  }

  /** Ends the pairing on this device; scans that were not sent go first. */
  async leave(): Promise<void> {
    await this.sync();
    if ((await this.#database.queued()) > 0) return;
    clearTimeout(this.#timer);
    await this.#database.clear();
    this.#settings = {};
    this.#list = new DoorList([]);
    this.#show({ phase: "unpaired", conflicts: [], rejected: 0, problem: undefined });
  }

  async setGate(gate: string): Promise<void> {
    this.#settings.gate = gate;
    this.#show({ gate });
    await this.#database.set({ gate });
  }

  /** Answers a scan: by the server where it answers at once, else by what is on the device. */
  scan(scanned: { code: string } | { ticketId: string }, kind: ScanKind): Promise<Verdict> {
    const verdict = this.#deciding.then(() => this.#decide(scanned, kind));
    this.#deciding = verdict.catch(() => undefined);
    return verdict;
  }

  search(words: string): ListedTicket[] {
    return this.#list.search(words, 20);
  }

  /** Sends what waits and fetches what is new; together with one that is under way. */
  sync(): Promise<void> {
    this.#syncing ??= this.#sync().finally(() => {
      this.#syncing = undefined;
    });
    return this.#syncing;
  }

  async #decide(scanned: { code: string } | { ticketId: string }, kind: ScanKind): Promise<Verdict> {
    const { event, pairing, state } = this.#settings;
    if (event === undefined || pairing === undefined || this.#decider === undefined)
      throw new Error("The door has no list yet.");
    const own = await this.#decider.decide(scanned, kind, state?.keys ?? []);
    const scan = {
      nonce: crypto.randomUUID(),
      ...scanned,
      kind,
      gate: this.#settings.gate ?? "",
      scannedAt: this.#now(),
    };
    // What is refused here is refused; what is good here may have come in by another door a moment ago.
    if (this.view.get().isOnline && own.outcome === "accepted") {
      try {
        const { results } = await server.decide(pairing.token, scan, this.#now(), answerWithinMs);
        const [result] = results;
        if (result !== undefined) {
          const verdict = { ...own, outcome: result.outcome, previous: result.previous ?? undefined };
          await this.#take(undefined, verdict, scan);
          return verdict;
        }
      } catch (error) {
        if (error instanceof RefusedError && error.code === "device-not-paired") this.#revoked();
        else this.#show({ isOnline: false });
      }
    }
    const isGood = own.outcome === "accepted" || kind === "exit";
    const mark = own.mark === undefined ? {} : { mark: own.mark };
    await this.#take({ ...scan, ...mark, admitted: isGood, outcome: own.outcome }, own, scan);
    if (this.view.get().isOnline) void this.sync();
    return own;
  }

  /** Keeps a scan, and what it makes of its ticket. */
  async #take(
    queued: QueuedScan | undefined,
    verdict: Verdict,
    scan: { gate: string; scannedAt: string; kind: ScanKind },
  ) {
    const mark = verdict.outcome === "accepted" ? this.#markOf(verdict, scan) : undefined;
    await this.#database.keep(queued, mark);
    if (mark !== undefined) this.#list.apply(mark);
    const { queued: before } = this.view.get();
    this.#show({ counts: this.#list.counts, queued: before + Number(queued !== undefined) });
  }

  #markOf(verdict: Verdict, scan: { gate: string; scannedAt: string; kind: ScanKind }): Mark | undefined {
    if (verdict.mark === undefined) return undefined;
    const device = this.#settings.pairing?.device ?? "";
    return {
      ticket: verdict.mark,
      inside: scan.kind === "entry" ? { at: scan.scannedAt, gate: scan.gate, device } : undefined,
      admitted: scan.kind !== "undo",
      ...(verdict.counter === undefined ? {} : { counter: verdict.counter }),
    };
  }

  async #sync(): Promise<void> {
    const { pairing, state } = this.#settings;
    if (pairing === undefined) return;
    try {
      await this.#flush(pairing.token);
      if (state === undefined || this.#settings.event === undefined) await this.#reload();
      else await this.#fetchChanges(pairing.token, this.#settings.state?.changesAfter ?? state.changesAfter);
      this.#show({ isOnline: true });
    } catch (error) {
      if (error instanceof RefusedError && error.code === "device-not-paired") this.#revoked();
      else this.#show({ isOnline: false });
    }
    this.#show({ queued: await this.#database.queued() });
  }

  /** Each scan as often as it takes; its nonce makes it one. */
  async #flush(token: string): Promise<void> {
    for (;;) {
      const scans = await this.#database.queue(batchScans);
      if (scans.length === 0) return;
      try {
        await server.send(token, scans, this.#now());
      } catch (error) {
        const isFinal = error instanceof RefusedError && !error.isPassing && error.code !== "device-not-paired";
        if (!isFinal) throw error;
        const rejected = (this.#settings.rejected ?? 0) + scans.length;
        this.#settings.rejected = rejected;
        await this.#database.set({ rejected });
        this.#show({ rejected });
      }
      await this.#database.sent(scans.flatMap(({ number }) => number ?? []));
      this.#show({ queued: await this.#database.queued() });
    }
  }

  async #fetchChanges(token: string, after: string): Promise<void> {
    const asked = Date.now();
    const changes = await server.changes(token, after);
    const isOld = changes.state.listVersion !== this.#settings.event?.state.listVersion;
    if (changes.reload || (isOld && Date.now() - this.#loadedAt > reloadEveryMs)) {
      await this.#reload();
      return;
    }
    const marks = changes.tickets.map<Mark>(({ id, inside, admitted }) => ({
      ticket: id,
      inside: inside ?? undefined,
      admitted,
    }));
    const conflicts = this.#merge(changes.conflicts);
    const values = { state: changes.state, conflicts, ...this.#clock(asked, changes.state.serverTime) };
    // What this device has decided meanwhile and not sent yet is younger.
    const own = new Set((await this.#database.queued()) > 0 ? (await this.#database.queue()).map(keyOf) : []);
    const fresh = marks.filter(({ ticket }) => !own.has(ticket));
    await this.#database.keepMarks(fresh, values);
    Object.assign(this.#settings, values);
    for (const mark of fresh) this.#list.apply(mark);
    this.#show({ counts: this.#list.counts, conflicts, syncedAt: values.syncedAt });
  }

  /** Conflicts that this device is part of, newest first. */
  #merge(found: Schemas["DoorConflict"][]): Schemas["DoorConflict"][] {
    const id = this.#settings.pairing?.deviceId;
    const known = this.#settings.conflicts ?? [];
    const mine = found.filter(({ deviceId, standingDeviceId }) => deviceId === id || standingDeviceId === id);
    const nonces = new Set(mine.map(({ nonce }) => nonce));
    return [...mine, ...known.filter(({ nonce }) => !nonces.has(nonce))].slice(0, keptConflicts);
  }

  /** Loads the event and its list anew. */
  async #reload(): Promise<void> {
    const { pairing } = this.#settings;
    if (pairing === undefined) return;
    const asked = Date.now();
    try {
      const event = await server.event(pairing.token);
      const clock = this.#clock(asked, event.state.serverTime);
      const parts = [];
      let loaded = 0;
      let after: string | undefined;
      do {
        const part = await server.part(pairing.token, after);
        parts.push(storedPart(parts.length, part));
        loaded += part.tiers.length;
        after = part.next ?? undefined;
        if (this.view.get().phase === "loading") this.#show({ event, loaded });
      } while (after !== undefined);
      const marks = await this.#unsentMarks();
      const values = { event, state: event.state, ...clock };
      await this.#database.replaceList(parts, values, marks);
      Object.assign(this.#settings, values);
      this.#loadedAt = Date.now();
      await this.#fill();
      this.#show({ isOnline: true });
    } catch (error) {
      if (error instanceof RefusedError && error.code === "device-not-paired") this.#revoked();
      else {
        this.#show({ isOnline: false, problem: textOf(error) });
      }
    }
  }

  async #unsentMarks(): Promise<Mark[]> {
    const waiting = new Set((await this.#database.queue()).map(keyOf));
    return (await this.#database.marks()).filter(({ ticket }) => waiting.has(ticket));
  }

  /** Makes the list of what is on the device. */
  async #fill(): Promise<void> {
    const { event } = this.#settings;
    if (event === undefined) return;
    const list = new DoorList(await this.#database.parts());
    for (const mark of await this.#database.marks()) list.apply(mark);
    this.#list = list;
    this.#decider = new Decider(event, () => this.#list);
    this.#show({
      phase: "ready",
      event,
      device: this.#settings.pairing?.device,
      loaded: list.size,
      counts: list.counts,
      queued: await this.#database.queued(),
      rejected: this.#settings.rejected ?? 0,
      syncedAt: this.#settings.syncedAt,
      gate: this.#settings.gate ?? "",
      conflicts: this.#settings.conflicts ?? [],
      problem: undefined,
    });
  }

  #clock(asked: number, serverTime: string): { clockOffset: number; syncedAt: number } {
    const now = Date.now();
    return { clockOffset: Date.parse(serverTime) - (asked + now) / 2, syncedAt: now };
  }

  /** The server's time, by the device's clock and what is known of it. */
  #now(): string {
    return new Date(Date.now() + (this.#settings.clockOffset ?? 0)).toISOString();
  }

  #revoked(): void {
    this.#show({ phase: "revoked", isOnline: false });
  }

  #keepSyncing(): void {
    clearTimeout(this.#timer);
    const again = async () => {
      await this.sync();
      if (this.view.get().phase !== "unpaired") this.#timer = setTimeout(() => void again(), syncEveryMs);
    };
    void again();
    if (this.#isListening) return;
    this.#isListening = true;
    window.addEventListener("online", () => void this.sync());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) void this.sync();
    });
  }

  #show(changed: { [Name in keyof DoorView]?: DoorView[Name] | undefined }): void {
    this.view.set({ ...this.view.get(), ...changed } as DoorView);
  }
}

function keyOf({ mark }: QueuedScan): string {
  return mark ?? "";
}

function textOf(error: unknown): string {
  return error instanceof RefusedError && error.message !== "" ? error.message : "offline";
}
