import type { components } from "@/api/schema";

/** What shows a ticket live. Whoever has it can show the ticket: it is kept for its holder alone. */
export type LiveTicket = components["schemas"]["LiveTicket"];

const codeCharacters = 274;
const payloadBytes = 13;
const purpose = new TextEncoder().encode("onsale live code\n");
/** What stands before an Ed25519 private key of 32 bytes to make it a PKCS #8 key (RFC 8410). */
const pkcs8Head = "302e020100300506032b657004220420";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Makes the codes of one ticket: for each step what its QR code says. The same as the server reads
 * (Delivery/Tickets/LiveCode.cs); both are tested against fixtures/tickets/live-codes.json.
 */
export async function makeLiveCodes({
  eventId,
  ticket,
  holderKey,
}: Pick<LiveTicket, "eventId" | "ticket" | "holderKey">): Promise<(step: number) => Promise<string>> {
  const head = fromBase64(ticket);
  const signed = join(purpose, fromHex(eventId.replaceAll("-", "")), head.subarray(0, payloadBytes));
  const sign = await makeSigner(fromBase64(holderKey));
  return async (step) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, step);
    return toBase36(join(head, bytes, await sign(join(signed, bytes))));
  };
}

/** By the browser's own Ed25519, else by a small library. */
async function makeSigner(secret: Bytes): Promise<(message: Bytes) => Promise<Uint8Array>> {
  try {
    const pkcs8 = join(fromHex(pkcs8Head), secret);
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "Ed25519" }, false, ["sign"]);
    return async (message) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
  } catch {
    const { signAsync } = await import("@noble/ed25519");
    return (message) => signAsync(message, secret);
  }
}

function toBase36(bytes: Bytes): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return BigInt(`0x${hex}`).toString(36).toUpperCase().padStart(codeCharacters, "0");
}

function fromHex(hex: string): Bytes {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function join(...parts: Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
