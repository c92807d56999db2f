/** One field that two people changed at the same time. */
export interface Conflict<K extends string> {
  field: K;
  theirs: unknown;
  mine: unknown;
}

export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** What of these entries is another than what is stored: all that a change has to send. */
export function changedPart<T extends object>(stored: T, entries: Partial<T>): Partial<T> {
  const names = Object.keys(entries) as (keyof T)[];
  return Object.fromEntries(
    names.filter((name) => !isSame(stored[name], entries[name])).map((name) => [name, entries[name]]),
  ) as Partial<T>;
}

/** The fields of mine that somebody else has changed meanwhile, to something else. */
export function conflictsOf<T extends object>(before: T, now: T, mine: Partial<T>): Conflict<string & keyof T>[] {
  const names = Object.keys(mine) as (string & keyof T)[];
  return names
    .filter((field) => !isSame(before[field], now[field]) && !isSame(now[field], mine[field]))
    .map((field) => ({ field, theirs: now[field], mine: mine[field] }));
}
