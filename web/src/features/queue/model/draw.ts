/** What everybody can see of a draw. */
export interface PublishedDraw {
  commitment: string;
  seed: string;
  beacon?: string;
}

/** Browsers compute hashes only on pages that came over a secure connection. */
export function canCheck(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++) bytes[index] = parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** Whether the seed is the one that was promised before anybody joined. */
export async function isAsPromised({ seed, commitment }: PublishedDraw): Promise<boolean> {
  const hash = await sha256(bytesOf(seed));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("") === commitment;
}

/** A buyer's lot, as a fraction of 2⁶⁴: the same rule as the server's, from what is published alone. */
export async function lotOf({ seed, beacon }: PublishedDraw, eventId: string, buyerId: string): Promise<bigint> {
  const mixed = await sha256(joined(bytesOf(seed), new TextEncoder().encode(beacon ?? "")));
  const key = await crypto.subtle.importKey("raw", mixed, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const ids = bytesOf(`${eventId}${buyerId}`.replaceAll("-", ""));
  return new DataView(await crypto.subtle.sign("HMAC", key, ids)).getBigUint64(0);
}

/** ⌈lot × early⌉, from 1 on. */
export function positionOf(lot: bigint, early: number): number {
  const position = Number((lot * BigInt(early) + (2n ** 64n - 1n)) >> 64n);
  return Math.max(1, position);
}
