import type { QueueState } from "@/api/types";
import { AvailabilityBoard, type Changes, type PlacesSnapshot, type Snapshot } from "./model/availability-board";
import { backoffMs } from "./model/backoff";
import { openEventSource, openWebSocket, poll, type Transport, type TransportOpener } from "./transports";

/** connecting: nothing known yet; live: told at once; polling: asked for; stale: shown, but may be old. */
export type LiveStatus = "connecting" | "live" | "polling" | "stale";

export interface LiveState {
  status: LiveStatus;
  viewers: number | undefined;
  /** Another one whenever a place changed. */
  places: PlacesSnapshot;
}

type LiveMessage =
  | ({ type: "snapshot" } & Snapshot)
  | ({ type: "changes" } & Changes)
  | { type: "viewers"; count: number }
  | ({ type: "queue" } & QueueState)
  | { type: "event" };

export interface LiveFeedOptions {
  eventId: string;
  onState: (state: LiveState) => void;
  onEventChanged: () => void;
  onQueue?: (state: QueueState) => void;
  openers?: readonly TransportOpener[];
}

/** A way that has never brought a word is given up for the next best after so many attempts. */
const failuresBeforeNext = 2;
/** One that has worked is given up later: a server that restarts is back within half a minute. */
const failuresOfGoodBeforeNext = 6;
/** Every connection begins with a message; one that stays silent for so long leads nowhere, as some proxies do. */
const firstWordWithinMs = 8000;

/**
 * Follows one event: by WebSocket, where that cannot be by server-sent events, else by asking. Whatever breaks, it goes
 * on from the version it has; a gap between versions is noticed and filled.
 */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #openers: readonly TransportOpener[];
  readonly #board = new AvailabilityBoard();
  #status: LiveStatus = "connecting";
  #viewers: number | undefined;
  #transport: Transport | undefined;
  #kind = 0;
  #failures = 0;
  readonly #provenKinds = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
    this.#openers = options.openers ?? [openWebSocket, openEventSource, poll];
  }

  start(): void {
    globalThis.addEventListener?.("online", this.#reconnectElsewhere);
    this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    globalThis.removeEventListener?.("online", this.#reconnectElsewhere);
    clearTimeout(this.#timer);
    this.#transport?.close();
  }

  /** Back online is perhaps another network, and what the last one did not let through this one may. */
  #reconnectElsewhere = (): void => {
    this.#kind = 0;
    this.#reconnectNow();
  };

  #reconnectNow = (): void => {
    this.#transport?.close();
    this.#failures = 0;
    this.#connect();
  };

  #connect(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    const open = this.#openers[this.#kind] ?? poll;
    let hasSpoken = false;
    const transport: Transport = open({
      eventId: this.#options.eventId,
      version: () => (this.#board.version < 0 ? undefined : this.#board.version),
      onMessage: (message, status) => {
        if (transport !== this.#transport) return;
        // An open connection proves nothing: what accepts and then says nothing, or hangs up, is no way.
        if (!hasSpoken) clearTimeout(this.#timer);
        hasSpoken = true;
        this.#failures = 0;
        this.#provenKinds.add(this.#kind);
        this.#receive(message as LiveMessage, status);
      },
      onClose: () => {
        if (transport === this.#transport) this.#reconnectLater(hasSpoken);
      },
    });
    this.#transport = transport;
    this.#timer = setTimeout(() => {
      transport.close();
      this.#reconnectLater(false);
    }, firstWordWithinMs);
  }

  #reconnectLater(hadSpoken: boolean): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#transport = undefined;
    this.#failures += 1;
    // Before anything came, what the page was loaded with is new enough until the last way has failed too.
    if (this.#board.version >= 0 || this.#kind === this.#openers.length - 1) this.#setStatus("stale");
    const isOffline = globalThis.navigator?.onLine === false;
    const patience = this.#provenKinds.has(this.#kind) ? failuresOfGoodBeforeNext : failuresBeforeNext;
    if (!hadSpoken && !isOffline && this.#failures >= patience && this.#kind < this.#openers.length - 1) {
      this.#kind += 1;
      this.#failures = 0;
      this.#connect();
      return;
    }
    this.#timer = setTimeout(() => this.#connect(), backoffMs(this.#failures));
  }

  #receive(message: LiveMessage, status: LiveStatus): void {
    switch (message.type) {
      case "snapshot":
        this.#board.replace(message);
        this.#setStatus(status, true);
        break;
      case "changes":
        if (this.#board.apply(message)) this.#setStatus(status, true);
        // A gap: connecting anew with the version that is known brings what is missing.
        else this.#reconnectNow();
        break;
      case "viewers":
        this.#viewers = message.count;
        this.#publish();
        break;
      case "queue":
        this.#options.onQueue?.(message);
        break;
      case "event":
        this.#options.onEventChanged();
        break;
    }
  }

  #setStatus(status: LiveStatus, isChanged = false): void {
    if (status === this.#status && !isChanged) return;
    this.#status = status;
    this.#publish();
  }

  #publish(): void {
    this.#options.onState({
      status: this.#status,
      viewers: this.#viewers,
      places: this.#board.places,
    });
  }
}
