import { bytesOfBase36 } from "./base36";
import { bytesOfId, fromBase64 } from "./bytes";

/**
 * The text of a ticket's QR code, as the server writes it (Delivery/Tickets/SignedCode.cs). Both are tested against
 * fixtures/tickets/codes.json.
 */
export interface SignedCode {
  key: number;
  eventHint: number;
  counter: number;
  reference: string;
  payload: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
}

export const signedCharacters = 120;
const payloadBytes = 13;
const signatureBytes = 64;
const version = 1;
const referenceDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const referenceCharacters = 12;
const typedCode = new RegExp(`^[${referenceDigits}]{16}$`);
const purpose = new TextEncoder().encode("onsale ticket\n");

/** Capitals without spaces and hyphens. */
export function compact(text: string): string {
  return text.replaceAll(/[\s-]/g, "").toUpperCase();
}

/** As codes that people type are stored: letters that they do not have are the digits they look like. */
export function normalise(text: string): string {
  return compact(text).replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}

/** Whether people may type this, normalised, as a ticket's code. */
export function isTypedCode(text: string): boolean {
  return typedCode.test(text);
}

/** Whether a text has the form of a ticket's code. A camera sees others too, of any length. */
export function isTicketCode(text: string): boolean {
  return readSignedCode(compact(text)) !== undefined || isTypedCode(normalise(text));
}

/** Reads a code; whether its signature is right is not looked at. */
export function readSignedCode(text: string): SignedCode | undefined {
  if (text.length !== signedCharacters) return undefined;
  const bytes = bytesOfBase36(text, payloadBytes + signatureBytes);
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer);
  if (view.getUint8(0) >> 5 !== version) return undefined;
  const rest = view.getBigUint64(5);
  return {
    key: view.getUint8(0) & 31,
    eventHint: view.getUint32(0) & 0xffffff,
    counter: (view.getUint8(4) << 4) | Number(rest >> 60n),
    reference: Array.from(
      { length: referenceCharacters },
      (_, i) => referenceDigits[Number((rest >> BigInt(55 - 5 * i)) & 31n)],
    ).join(""),
    payload: bytes.slice(0, payloadBytes),
    signature: bytes.slice(payloadBytes),
  };
}

/** The part of an event's id that its codes show. */
export function eventHintOf(eventId: string): number {
  return parseInt(eventId.slice(-6), 16);
}

/** Checks signatures of one key. */
export type Verifier = (eventId: string, code: SignedCode) => Promise<boolean>;

/** By the browser's own Ed25519, else by a small library. */
export async function makeVerifier(publicKey: string): Promise<Verifier> {
  const raw = fromBase64(publicKey);
  try {
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    return (eventId, code) => crypto.subtle.verify("Ed25519", key, code.signature, messageOf(eventId, code));
  } catch {
    const { verifyAsync } = await import("@noble/ed25519");
    return (eventId, code) => verifyAsync(code.signature, messageOf(eventId, code), raw);
  }
}

function messageOf(eventId: string, code: SignedCode): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(purpose.length + 16 + payloadBytes);
  message.set(purpose);
  message.set(bytesOfId(eventId), purpose.length);
  message.set(code.payload, purpose.length + 16);
  return message;
}
