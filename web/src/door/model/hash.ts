import { bytesOfId, numberAt } from "./bytes";

/** By what a code, or a signed code's reference, is found in the list: as the server computes it (DoorHash.cs). */
export async function hashOf(eventId: string, text: string): Promise<number> {
  const bytes = new Uint8Array(16 + text.length);
  bytes.set(bytesOfId(eventId));
  bytes.set(new TextEncoder().encode(text), 16);
  return numberAt(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), 0);
}
