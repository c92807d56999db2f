/**
 * The server's clock decides when a sale opens and a hold ends; a phone's clock may be minutes off. Every answer of the
 * server says what time it is there, so the difference is known after the first.
 */
let offsetMs = 0;

export function noteServerTime(header: string | null, receivedAtMs: number): void {
  const serverMs = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(serverMs)) return;
  // The header counts whole seconds: half a second is its mean error, and smaller corrections would only be noise.
  const measured = serverMs + 500 - receivedAtMs;
  offsetMs = Math.abs(measured) < 1500 ? 0 : measured;
}

/** Milliseconds since 1970, by the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
