/** What is known of this phone's clock. */
export interface ClockReading {
  /** What is added to the phone's time to have the server's, ms. */
  offsetMs: number;
  /** By this it is seen that somebody has set the clock, or that the page was opened anew. */
  driftMs: number;
}

const toleranceMs = 1_500;

function drift(): number {
  return Date.now() - performance.now();
}

/**
 * Reads the clock by an answer of the server.
 *
 * @param serverTime What the answer says.
 * @param askedAt When it was asked for, by the phone's clock, ms.
 */
export function readClock(serverTime: string, askedAt: number): ClockReading {
  return { offsetMs: Date.parse(serverTime) - (askedAt + Date.now()) / 2, driftMs: drift() };
}

/** The server's time, ms, as far as the phone can tell. */
export function timeBy({ offsetMs }: ClockReading): number {
  return Date.now() + offsetMs;
}

/**
 * Whether the clock has run on since it was read. Not after the page was opened anew without a network: somebody may
 * have set it meanwhile.
 */
export function isSure({ driftMs }: ClockReading): boolean {
  return Math.abs(drift() - driftMs) < toleranceMs;
}
