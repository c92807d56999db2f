import { perTab, readStored, writeStored } from "./storage";

/**
 * The key of one intention: the same for every attempt at it, over retries and reloads, until the server has answered
 * it for good. A second press of the button, or a reload in the middle, finds what the first one did.
 */
export function idempotencyKey(intention: string): string {
  const slot = `onsale.key.${intention}`;
  const known = readStored<string>(perTab, slot);
  if (known !== undefined) return known;
  const key = randomKey();
  writeStored(perTab, slot, key);
  return key;
}

/** 122 random bits or more. Only pages that came over TLS, or from this machine, have `randomUUID`. */
function randomKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function forgetIdempotencyKey(intention: string): void {
  writeStored(perTab, `onsale.key.${intention}`, undefined);
}

const underWay = new Map<string, Promise<unknown>>();

/** A second press while the first is under way waits for the same answer, and asks for nothing. */
export function joined<T>(intention: string, work: () => Promise<T>): Promise<T> {
  const known = underWay.get(intention);
  if (known !== undefined) return known as Promise<T>;
  const begun = work().finally(() => underWay.delete(intention));
  underWay.set(intention, begun);
  return begun;
}
