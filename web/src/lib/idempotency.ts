import { perTab, readStored, writeStored } from "./storage";

/**
 * The key of one intention: the same for every attempt at it, over retries and reloads, until the server has answered
 * it for good. A second press of the button, or a reload in the middle, finds what the first one did.
 */
export function idempotencyKey(intention: string): string {
  const slot = `onsale.key.${intention}`;
  const known = readStored<string>(perTab, slot);
  if (known !== undefined) return known;
  const key = crypto.randomUUID();
  writeStored(perTab, slot, key);
  return key;
}

export function forgetIdempotencyKey(intention: string): void {
  writeStored(perTab, `onsale.key.${intention}`, undefined);
}
