import type { DoorDatabase, QueuedScan } from "./database";
import { RefusedError, server } from "./server";

const batchScans = 200;

/** Sends what waits, in order and each scan as often as it takes: its nonce makes it one. */
export class Sender {
  readonly #database: DoorDatabase;
  readonly #now: () => string;
  readonly #onProgress: () => Promise<void>;

  constructor(database: DoorDatabase, now: () => string, onProgress: () => Promise<void>) {
    this.#database = database;
    this.#now = now;
    this.#onProgress = onProgress;
  }

  async send(token: string): Promise<void> {
    for (;;) {
      const scans = await this.#database.queue(batchScans);
      if (scans.length === 0) return;
      await this.#sendTogether(token, scans);
      await this.#onProgress();
    }
  }

  async #sendTogether(token: string, scans: QueuedScan[]): Promise<void> {
    try {
      await server.send(token, scans, this.#now());
    } catch (error) {
      if (!(error instanceof RefusedError && error.isAboutContent)) throw error;
      const [first] = scans;
      // One that the server does not understand must not take the others along.
      if (scans.length > 1) for (const scan of scans) await this.#sendTogether(token, [scan]);
      else if (first !== undefined) await this.#database.reject(first);
      return;
    }
    await this.#database.sent(scans.flatMap(({ number }) => number ?? []));
  }
}
