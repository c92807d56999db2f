interface MemoryCache {
  match: (address: string) => Promise<Response | undefined>;
  put: (address: string, answer: Response) => Promise<void>;
}

/** A browser's CacheStorage in memory, as far as the tickets on a device need it. */
export class MemoryCaches {
  readonly kept = new Map<string, Map<string, string>>();

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.kept.has(name));
  }

  open(name: string): Promise<MemoryCache> {
    const entries = this.kept.get(name) ?? new Map<string, string>();
    this.kept.set(name, entries);
    const match = (address: string): Promise<Response | undefined> => {
      const body = entries.get(address);
      return Promise.resolve(body === undefined ? undefined : new Response(body));
    };
    const put = async (address: string, answer: Response): Promise<void> => {
      entries.set(address, await answer.text());
    };
    return Promise.resolve({ match, put });
  }

  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.kept.delete(name));
  }
}
