/** An answer of the server that is shown without one. */
export interface KeptEntry {
  /** The query's key. */
  key: readonly unknown[];
  data: unknown;
  /** When the server said so: milliseconds since 1970. */
  at: number;
  /** When it is thrown away: milliseconds since 1970. */
  until: number;
}

export interface Kept {
  /** Whose they are. */
  owner: string;
  entries: KeptEntry[];
}

/** Thrown away as a whole when somebody signs out: see session-cache.ts. */
export const storeName = "onsale-shop-tickets";
const address = "/kept-tickets";

/**
 * Where a browser keeps the tickets that were seen in it. Browsers that keep nothing, as in private windows, keep
 * nothing here either.
 */
export const ticketStore = {
  async read(now: number): Promise<Kept | undefined> {
    try {
      if (!(await caches.has(storeName))) return undefined;
      const answer = await (await caches.open(storeName)).match(address);
      const kept: unknown = await answer?.json();
      return isKept(kept) ? { ...kept, entries: kept.entries.filter(({ until }) => until > now) } : undefined;
    } catch {
      return undefined;
    }
  },

  async write(kept: Kept): Promise<void> {
    try {
      await (await caches.open(storeName)).put(address, new Response(JSON.stringify(kept)));
    } catch {
      // No room, or storage is off: then there are no tickets without a network.
    }
  },

  async clear(): Promise<void> {
    try {
      await caches.delete(storeName);
    } catch {
      // Nothing was kept.
    }
  },

  /** Throws away what is over, also where its owner does not come back. */
  async prune(now: number): Promise<void> {
    const kept = await this.read(0);
    if (kept === undefined) return;
    const entries = kept.entries.filter(({ until }) => until > now);
    if (entries.length === 0) await this.clear();
    else if (entries.length < kept.entries.length) await this.write({ ...kept, entries });
  },
};

/** What another version of the app has left there may be anything. */
function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null) return false;
  const { owner, entries } = value as Partial<Kept>;
  return typeof owner === "string" && Array.isArray(entries) && entries.every(isEntry);
}

function isEntry(value: unknown): value is KeptEntry {
  if (typeof value !== "object" || value === null) return false;
  const { key, at, until } = value as Partial<KeptEntry>;
  return Array.isArray(key) && typeof at === "number" && typeof until === "number";
}
