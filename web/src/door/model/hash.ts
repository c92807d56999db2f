import { bytesOfId } from "./bytes";

const hashBytes = 16;

/** By what a code, or a signed code's reference, is found in the list: as the server computes it (DoorHash.cs). */
export async function hashOf(eventId: string, text: string): Promise<Uint8Array> {
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(16 + encoded.length);
  bytes.set(bytesOfId(eventId));
  bytes.set(encoded, 16);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, hashBytes);
}
