/**
 * The server's clock decides when a sale opens and a hold ends; a phone's clock may be minutes off. Every answer of the
 * server says what time it was there, so the difference is known after the first.
 *
 * An answer can say too early a time and never too late a one: the header counts whole seconds, the way takes its time,
 * and a copy from a cache is as old as the copy. Of the last answers the one that says the latest time is the truest.
 */
const keptSamples = 8;
/** Smaller corrections would only be noise. */
const toleranceMs = 1500;
/** The header counts whole seconds: half a second is its mean error. */
const meanErrorMs = 500;

let samples: number[] = [];
let offsetMs = 0;
let driftMs = drift();

/** Changes when somebody sets this clock, or the machine has slept: what was measured before is worth nothing then. */
function drift(): number {
  return Date.now() - performance.now();
}

export function noteServerTime(header: string | null, receivedAtMs: number): void {
  const serverMs = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(serverMs)) return;
  if (Math.abs(drift() - driftMs) > toleranceMs) samples = [];
  driftMs = drift();
  samples = [...samples, serverMs + meanErrorMs - receivedAtMs].slice(-keptSamples);
  const measured = Math.max(...samples);
  offsetMs = Math.abs(measured) < toleranceMs ? 0 : measured;
}

/** Milliseconds since 1970, by the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
