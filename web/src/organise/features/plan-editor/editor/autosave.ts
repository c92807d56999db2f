import { ExternalStore } from "@/lib/external-store";
import type { PlanDocument } from "../model/document";
import { writePlan } from "../model/json";
import type { LocalCopy } from "./local-copy";

export type SaveState =
  | { kind: "saved" }
  | { kind: "unsaved" }
  | { kind: "saving" }
  /** It stays in this browser and is tried again. */
  | { kind: "failed"; error: unknown }
  /** Somebody else has saved it since: nothing is sent any more until it is decided what holds. */
  | { kind: "conflict"; error: unknown };

interface AutosaveOptions {
  /** The version that the document is of. */
  etag: string;
  document: PlanDocument;
  save: (document: PlanDocument, etag: string) => Promise<string>;
  isConflict: (error: unknown) => boolean;
  keep: (copy: LocalCopy) => Promise<void>;
  drop: () => Promise<void>;
}

const [quietMs, keepMs, retryMs] = [1200, 250, 5000];

/**
 * Sends each state that has stood for a moment, one at a time, on the version before; keeps it here until it is there.
 */
export class Autosave {
  readonly state = new ExternalStore<SaveState>({ kind: "saved" });
  readonly #options: AutosaveOptions;
  #etag: string;
  #saved: PlanDocument;
  #latest: PlanDocument;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;

  constructor(options: AutosaveOptions) {
    this.#options = options;
    this.#etag = options.etag;
    this.#saved = this.#latest = options.document;
  }

  get etag(): string {
    return this.#etag;
  }

  /** The document as it is now. */
  follow(document: PlanDocument): void {
    if (document === this.#latest) return;
    this.#latest = document;
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => void this.#keep(), keepMs);
    if (this.state.get().kind === "conflict") return;
    if (this.#saving === undefined) this.state.set({ kind: "unsaved" });
    this.#later(quietMs);
  }

  /** Sends what is not sent; afterwards all is saved, or the state says why not. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    if (this.#latest !== this.#saved && this.state.get().kind !== "conflict") await this.#send();
  }

  /** What is here goes on from another version: theirs was seen, and mine holds. */
  overwrite(etag: string): Promise<void> {
    this.#etag = etag;
    this.state.set({ kind: "unsaved" });
    this.#saved = { ...this.#latest };
    return this.flush();
  }

  /** It was saved elsewhere, or is not wanted any more: nothing is sent or kept from here on. */
  async abandon(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#keepTimer);
    this.#saved = this.#latest;
    await this.#saving;
    await this.#options.drop().catch(() => undefined);
  }

  /** Before the page goes: what is not sent is kept here. */
  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#keepTimer);
    if (this.#latest !== this.#saved) void this.#keep();
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #keep(): Promise<void> {
    // A browser that keeps nothing only loses the safety net: saving goes on.
    return this.#options.keep({ etag: this.#etag, document: writePlan(this.#latest) }).catch(() => undefined);
  }

  #send(): Promise<void> {
    this.#saving ??= this.#sendLatest().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  async #sendLatest(): Promise<void> {
    const sent = this.#latest;
    this.state.set({ kind: "saving" });
    try {
      this.#etag = await this.#options.save(sent, this.#etag);
    } catch (error) {
      await this.#keep();
      const isConflict = this.#options.isConflict(error);
      this.state.set({ kind: isConflict ? "conflict" : "failed", error });
      if (!isConflict) this.#later(retryMs);
      return;
    }
    this.#saved = sent;
    if (this.#latest === sent) {
      clearTimeout(this.#keepTimer);
      await this.#options.drop().catch(() => undefined);
      if (this.#latest === sent) this.state.set({ kind: "saved" });
      return;
    }
    await this.#keep();
    this.state.set({ kind: "unsaved" });
    this.#later(quietMs);
  }
}
