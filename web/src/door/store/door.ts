import type { components } from "@/api/schema";
import { ExternalStore } from "@/lib/external-store";
import { ClockWatch } from "../model/clock-watch";
import { Decider, type Verdict } from "../model/decider";
import { DoorList, storedPart, type ListedTicket, type Mark, type StoredPart } from "../model/list";
import { stepMs, type ScanKind } from "../model/rules";
import { compact, isTicketCode } from "../model/signed-code";
import { DoorDatabase, type QueuedScan, type Settings } from "./database";
import { Sender } from "./sender";
import { RefusedError, server } from "./server";
import { nothingShown, problemOf, type DoorView } from "./view";

type Schemas = components["schemas"];

const syncEveryMs = 3_000;
/** All is loaded anew at most so often, where the event or its tiers were changed since. */
const reloadEveryMs = 60_000;
/** As many parts, and all is loaded anew in fewer. */
const mostParts = 1_000;
/** So long the server may take to decide a scan; then the device decides. */
const answerWithinMs = 1_500;
const keptConflicts = 50;

/** The door of one device: it decides by itself, and tells the server when it can. */
export class Door {
  readonly view = new ExternalStore<DoorView>(nothingShown);
  #database!: DoorDatabase;
  #sender!: Sender;
  #settings: Partial<Settings> = {};
  #list = new DoorList([]);
  #decider: Decider | undefined;
  #loadedAt = 0;
  /** The number of the next part that adds to the list. */
  #nextPart = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Which of the rounds of synchronising goes on. */
  #round = 0;
  #syncing: Promise<void> | undefined;
  /** Tickets that were decided here since the server was last asked what is new: its answer may be older. */
  #decided = new Set<string>();
  #isListening = false;
  readonly #clockWatch = new ClockWatch();
  /** One scan after the other: two of one ticket are never decided at once. */
  #deciding: Promise<unknown> = Promise.resolve();

  /** Opens what is on the device; with a pairing code, pairs it first. */
  async open(pairingCode: string | undefined): Promise<void> {
    this.#database = await DoorDatabase.open();
    this.#sender = new Sender(
      this.#database,
      () => this.#now(),
      () => this.#showWaiting(),
    );
    this.#settings = await this.#database.settings();
    if (pairingCode !== undefined) await this.pair(pairingCode);
    else {
      await this.#resume();
      this.#keepSyncing();
    }
  }

  /** The browser keeps nothing. */
  fail(): void {
    this.#show({ phase: "broken" });
  }

  async pair(code: string): Promise<void> {
    this.#stopSyncing();
    await this.#syncing;
    this.#show({ phase: "loading", problem: undefined });
    try {
      const pairing = await server.pair(code);
      await this.#database.clear();
      this.#settings = { pairing };
      await this.#database.set({ pairing });
      await this.#reload();
    } catch (error) {
      // What was here goes on.
      await this.#resume();
      this.#show({ problem: problemOf(error) });
    }
    this.#keepSyncing();
  }

  /** Ends the pairing on this device; scans that were not sent go first. */
  async leave(): Promise<void> {
    await this.sync();
    if ((await this.#database.queued()) > 0) return;
    this.#stopSyncing();
    await this.#database.clear();
    this.#settings = {};
    this.#list = new DoorList([]);
    this.#decider = undefined;
    this.#show({ phase: "unpaired", event: undefined, conflicts: [], rejected: 0, problem: undefined });
  }

  dismissProblem(): void {
    this.#show({ problem: undefined });
  }

  async setGate(gate: string): Promise<void> {
    this.#settings.gate = gate;
    this.#show({ gate });
    await this.#database.set({ gate });
  }

  /** Answers a scan: by the server where it answers at once, else by what is on the device. */
  scan(scanned: { code: string } | { ticketId: string }, kind: ScanKind): Promise<Verdict> {
    return this.#inTurn(() => this.#decide(scanned, kind));
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

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#deciding.then(work);
    this.#deciding = done.catch(() => undefined);
    return done;
  }

  async #decide(scanned: { code: string } | { ticketId: string }, kind: ScanKind): Promise<Verdict> {
    const { event, pairing, state } = this.#settings;
    if (event === undefined || pairing === undefined || this.#decider === undefined)
      throw new Error("The door has no list yet.");
    const own = await this.#decider.decide(scanned, kind, {
      keys: state?.keys ?? [],
      rotatingCodes: state?.rotatingCodes ?? false,
      now: Date.parse(this.#now()),
    });
    this.#watchClock(own);
    const scan = {
      nonce: crypto.randomUUID(),
      ...("code" in scanned ? { code: compact(scanned.code) } : scanned),
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
        if (error instanceof RefusedError && error.isUnpaired) {
          await this.#revoke();
          return { ...own, outcome: "refusedAtDoor" };
        }
        this.#show({ isOnline: false });
      }
    }
    // What is no ticket's code at all is nothing to tell of.
    if ("code" in scanned && !isTicketCode(scanned.code)) return own;
    const isGood = own.outcome === "accepted" || kind === "exit";
    const mark = own.mark === undefined ? {} : { mark: own.mark };
    await this.#take({ ...scan, ...mark, admitted: isGood, outcome: own.outcome }, own, scan);
    if (this.view.get().isOnline) void this.sync();
    return own;
  }

  /** Without a network the device's clock may be wrong, and every visitor would seem to show a picture. */
  #watchClock({ outcome, mark, step }: Verdict): void {
    if (step === undefined || mark === undefined) return;
    let doubtsClock = false;
    if (outcome !== "codeExpired" && outcome !== "codeAhead") this.#clockWatch.clear();
    else if (!this.view.get().isOnline)
      doubtsClock = this.#clockWatch.note(mark, step - Math.floor(Date.parse(this.#now()) / stepMs));
    if (doubtsClock !== this.view.get().doubtsClock) this.#show({ doubtsClock });
  }

  /** Keeps a scan, and what it makes of its ticket. */
  async #take(
    queued: QueuedScan | undefined,
    verdict: Verdict,
    scan: { gate: string; scannedAt: string; kind: ScanKind },
  ) {
    const mark = verdict.outcome === "accepted" ? this.#markOf(verdict, scan) : undefined;
    if (mark !== undefined) this.#decided.add(mark.ticket);
    await this.#database.keep(queued, mark);
    if (mark !== undefined) this.#list.apply(mark);
    const { queued: before } = this.view.get();
    this.#show({ counts: this.#list.counts, queued: before + Number(queued !== undefined) });
  }

  #markOf(verdict: Verdict, scan: { gate: string; scannedAt: string; kind: ScanKind }): Mark | undefined {
    if (verdict.mark === undefined) return undefined;
    const device = this.#settings.pairing?.device ?? "";
    const counter = Math.max(verdict.counter ?? 0, this.#list.counterOf(verdict.mark));
    // Who goes out does not make a code that was used good again; who was let in by mistake does.
    const step =
      scan.kind === "entry" ? verdict.step : scan.kind === "exit" ? this.#list.stepOf(verdict.mark) : undefined;
    return {
      ticket: verdict.mark,
      inside: scan.kind === "entry" ? { at: scan.scannedAt, gate: scan.gate, device } : undefined,
      admitted: scan.kind !== "undo",
      ...(counter === 0 ? {} : { counter }),
      ...(step === undefined ? {} : { step }),
    };
  }

  async #sync(): Promise<void> {
    const { pairing } = this.#settings;
    if (pairing === undefined) return;
    try {
      await this.#sender.send(pairing.token);
      this.#decided.clear();
      const { event, state } = this.#settings;
      if (event === undefined || state === undefined) await this.#reload();
      else await this.#fetchChanges(pairing.token, state.changesAfter);
      this.#show({ isOnline: true });
    } catch (error) {
      if (error instanceof RefusedError && error.isUnpaired) {
        await this.#inTurn(async () => {
          if (this.#isOf(pairing.token)) await this.#revoke();
        });
      } else {
        this.#show({ isOnline: false });
        if (this.view.get().phase === "loading") this.#show({ problem: problemOf(error) });
      }
    }
    await this.#showWaiting();
  }

  async #fetchChanges(token: string, after: string): Promise<void> {
    const asked = Date.now();
    const changes = await server.changes(token, after);
    const conflicts = this.#merge(changes.conflicts);
    const isOld = changes.state.listVersion !== this.#settings.event?.state.listVersion;
    const isWorn = isOld || this.#nextPart > mostParts;
    if (changes.reload || (isWorn && Date.now() - this.#loadedAt > reloadEveryMs)) {
      // They are told once: the list does not have them.
      await this.#database.set({ conflicts });
      this.#settings.conflicts = conflicts;
      await this.#reload(changes.state.changesAfter);
      return;
    }
    const values = { state: changes.state, conflicts, ...this.#clock(asked, changes.state.serverTime) };
    await this.#inTurn(async () => {
      if (!this.#isOf(token)) return;
      // Tickets first: what has happened with them is told by their ids.
      const part = changes.list == null ? undefined : storedPart(this.#nextPart++, changes.list);
      if (part !== undefined) this.#list.add(part);
      const own = new Set([...(await this.#ownTickets())].map((mark) => this.#list.idOf(mark)));
      const marks = changes.tickets
        .filter(({ id }) => !own.has(id))
        .map<Mark>(({ id, inside, admitted }) => {
          // A mark stands in place of the one before: what that knew of the ticket's holder goes along.
          const [counter, step] = [this.#list.counterOf(id), this.#list.stepOf(id)];
          return {
            ticket: id,
            inside: inside ?? undefined,
            admitted,
            ...(counter === 0 ? {} : { counter }),
            ...(step === undefined ? {} : { step }),
          };
        });
      await this.#database.keepNews(part, marks, values);
      Object.assign(this.#settings, values);
      for (const mark of marks) this.#list.apply(mark);
    });
    this.#show({ counts: this.#list.counts, loaded: this.#list.size, conflicts, syncedAt: values.syncedAt });
  }

  /** Of which tickets the device knows more than the server has told: decided since it was asked, or not sent yet. */
  async #ownTickets(): Promise<Set<string>> {
    const waiting = await this.#database.queue();
    return new Set([...this.#decided, ...waiting.flatMap(({ mark }) => mark ?? [])]);
  }

  /** Conflicts that this device is part of, newest first. */
  #merge(found: Schemas["DoorConflict"][]): Schemas["DoorConflict"][] {
    const id = this.#settings.pairing?.deviceId;
    const known = this.#settings.conflicts ?? [];
    const mine = found.filter(({ deviceId, standingDeviceId }) => deviceId === id || standingDeviceId === id);
    const nonces = new Set(mine.map(({ nonce }) => nonce));
    return [...mine, ...known.filter(({ nonce }) => !nonces.has(nonce))].slice(0, keptConflicts);
  }

  /** Loads the event and its list anew; changes are told from the given position on, else from the event's. */
  async #reload(changesAfter?: string): Promise<void> {
    const { pairing } = this.#settings;
    if (pairing === undefined) return;
    const asked = Date.now();
    const event = await server.event(pairing.token);
    const state = { ...event.state, changesAfter: changesAfter ?? event.state.changesAfter };
    const values = { event, state, ...this.#clock(asked, event.state.serverTime) };
    const parts: StoredPart[] = [];
    let loaded = 0;
    let after: string | undefined;
    do {
      const part = await server.part(pairing.token, after);
      parts.push(storedPart(parts.length, part));
      loaded += part.tiers.length;
      after = part.next ?? undefined;
      if (this.view.get().phase === "loading") this.#show({ event, loaded });
    } while (after !== undefined);
    // Not while a scan is decided: what becomes of it stands in the list after this one, too.
    await this.#inTurn(async () => {
      if (!this.#isOf(pairing.token)) return;
      const own = await this.#ownTickets();
      const marks = (await this.#database.marks()).filter(({ ticket }) => own.has(ticket));
      await this.#database.replaceList(parts, values, marks);
      Object.assign(this.#settings, values);
      await this.#fill();
    });
    this.#loadedAt = Date.now();
    this.#show({ isOnline: true });
  }

  /** Whether the device is still paired as it was when the server was asked. */
  #isOf(token: string): boolean {
    return this.#settings.pairing?.token === token;
  }

  /** Shows what is on the device, as far as it goes. */
  async #resume(): Promise<void> {
    const { event, pairing, revoked } = this.#settings;
    if (event !== undefined) await this.#fill();
    else this.#show({ phase: revoked ? "revoked" : pairing === undefined ? "unpaired" : "loading" });
    await this.#showWaiting();
  }

  /** Makes the list of what is on the device. */
  async #fill(): Promise<void> {
    const { event } = this.#settings;
    if (event === undefined) return;
    const parts = await this.#database.parts();
    this.#nextPart = 1 + Math.max(-1, ...parts.map(({ number }) => number));
    const list = new DoorList(parts);
    for (const mark of await this.#database.marks()) list.apply(mark);
    this.#list = list;
    this.#decider = new Decider(event, () => this.#list);
    const isFirst = this.view.get().phase === "loading";
    this.#show({
      phase: "ready",
      event,
      device: this.#settings.pairing?.device,
      loaded: list.size,
      counts: list.counts,
      syncedAt: this.#settings.syncedAt,
      gate: this.#settings.gate ?? "",
      conflicts: this.#settings.conflicts ?? [],
      ...(isFirst ? { problem: undefined } : {}),
    });
  }

  #clock(asked: number, serverTime: string): { clockOffset: number; syncedAt: number } {
    const now = Date.now();
    this.#clockWatch.clear();
    if (this.view.get().doubtsClock) this.#show({ doubtsClock: false });
    return { clockOffset: Date.parse(serverTime) - (asked + now) / 2, syncedAt: now };
  }

  /** The server's time, by the device's clock and what is known of it. */
  #now(): string {
    return new Date(Date.now() + (this.#settings.clockOffset ?? 0)).toISOString();
  }

  /** Unpaired from the event's page: the list and its names go at once, what was not sent stays. */
  async #revoke(): Promise<void> {
    this.#stopSyncing();
    const values = { revoked: true };
    await this.#database.forgetList(values);
    this.#settings = values;
    this.#list = new DoorList([]);
    this.#decider = undefined;
    this.#show({ phase: "revoked", event: undefined, isOnline: false, conflicts: [], problem: undefined });
  }

  async #showWaiting(): Promise<void> {
    this.#show({ queued: await this.#database.queued(), rejected: await this.#database.rejected() });
  }

  #stopSyncing(): void {
    clearTimeout(this.#timer);
    this.#round++;
  }

  #keepSyncing(): void {
    this.#stopSyncing();
    const round = this.#round;
    const again = async () => {
      await this.sync();
      if (round === this.#round && this.#settings.pairing !== undefined)
        this.#timer = setTimeout(() => void again(), syncEveryMs);
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
