import { bytesOfBase36 } from "./base36";
import { bytesOfId, fromBase64 } from "./bytes";

/**
 * The text of a ticket's QR code, as the server writes it (Delivery/Tickets/SignedCode.cs) or the holder's phone
 * (LiveCode.cs). All are tested against fixtures/tickets/codes.json and live-codes.json.
 */
export interface SignedCode {
  key: number;
  eventHint: number;
  counter: number;
  reference: string;
  payload: Uint8Array<ArrayBuffer>;
  /** By the event's key. */
  signature: Uint8Array<ArrayBuffer>;
  /** Of a code that its holder's phone makes anew every 15 seconds. */
  live?: LivePart;
}

interface LivePart {
  holderKey: Uint8Array<ArrayBuffer>;
  /** When it was shown. */
  step: number;
  /** By the holder's key. */
  signature: Uint8Array<ArrayBuffer>;
}

export const signedCharacters = 120;
export const liveCharacters = 274;
const payloadBytes = 13;
const signatureBytes = 64;
const keyBytes = 32;
const stepBytes = 4;
const liveBytes = payloadBytes + keyBytes + signatureBytes + stepBytes + signatureBytes;
const version = 1;
const liveVersion = 2;
const referenceDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const referenceCharacters = 12;
const typedCode = new RegExp(`^[${referenceDigits}]{16}$`);
const purpose = new TextEncoder().encode("onsale ticket\n");
const livePurpose = new TextEncoder().encode("onsale live ticket\n");
const stepPurpose = new TextEncoder().encode("onsale live code\n");

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

/** Reads a code; whether its signatures are right is not looked at. */
export function readSignedCode(text: string): SignedCode | undefined {
  if (text.length === signedCharacters) {
    const bytes = bytesOfBase36(text, payloadBytes + signatureBytes);
    return bytes === undefined ? undefined : readPayload(bytes, version, bytes.slice(payloadBytes));
  }
  if (text.length !== liveCharacters) return undefined;
  const bytes = bytesOfBase36(text, liveBytes);
  if (bytes === undefined) return undefined;
  const [signatureAt, stepAt] = [payloadBytes + keyBytes, payloadBytes + keyBytes + signatureBytes];
  const code = readPayload(bytes, liveVersion, bytes.slice(signatureAt, stepAt));
  if (code === undefined) return undefined;
  const live = {
    holderKey: bytes.slice(payloadBytes, signatureAt),
    step: new DataView(bytes.buffer).getUint32(stepAt),
    signature: bytes.slice(stepAt + stepBytes),
  };
  return { ...code, live };
}

function readPayload(
  bytes: Uint8Array<ArrayBuffer>,
  expected: number,
  signature: Uint8Array<ArrayBuffer>,
): SignedCode | undefined {
  const view = new DataView(bytes.buffer);
  if (view.getUint8(0) >> 5 !== expected) return undefined;
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
    signature,
  };
}

/** The part of an event's id that its codes show. */
export function eventHintOf(eventId: string): number {
  return parseInt(eventId.slice(-6), 16);
}

/** Checks codes of one event key. */
export type Verifier = (eventId: string, code: SignedCode) => Promise<boolean>;

export async function makeVerifier(publicKey: string): Promise<Verifier> {
  const isSigned = await makeSignatureCheck(fromBase64(publicKey));
  return async (eventId, code) => {
    if (!(await isSigned(code.signature, messageOf(eventId, code)))) return false;
    if (code.live === undefined) return true;
    // The event has signed this key: what it signs is the holder's.
    const isHolders = await makeSignatureCheck(code.live.holderKey);
    return isHolders(code.live.signature, stepMessageOf(eventId, code.payload, code.live.step));
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

/** By the browser's own Ed25519, else by a small library. */
async function makeSignatureCheck(raw: Bytes): Promise<(signature: Bytes, message: Bytes) => Promise<boolean>> {
  try {
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    return (signature, message) => crypto.subtle.verify("Ed25519", key, signature, message);
  } catch {
    const { verifyAsync } = await import("@noble/ed25519");
    return (signature, message) => verifyAsync(signature, message, raw);
  }
}

function messageOf(eventId: string, { payload, live }: SignedCode): Bytes {
  return live === undefined
    ? join(purpose, bytesOfId(eventId), payload)
    : join(livePurpose, bytesOfId(eventId), payload, live.holderKey);
}

function stepMessageOf(eventId: string, payload: Bytes, step: number): Bytes {
  const bytes = new Uint8Array(stepBytes);
  new DataView(bytes.buffer).setUint32(0, step);
  return join(stepPurpose, bytesOfId(eventId), payload, bytes);
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
