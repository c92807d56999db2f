/**
 * For a route's `validateSearch`. The router merges what a route reads into what the address says, so a value that was
 * refused would still be there; each is overwritten, and only what was read is left.
 */
export function validatedSearch<T extends object>(read: (raw: Record<string, unknown>) => T) {
  return (raw: Record<string, unknown>): T => ({
    ...Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])),
    ...read(raw),
  });
}
