let pausedMs = Infinity;

/** While nothing can be changed no hold ends: its time stands still from a moment on; undefined: it runs again. */
export function pauseHoldTime(sinceMs = Infinity): void {
  pausedMs = sinceMs;
}

/** Whole seconds that are left of a hold, never less than none. */
export function secondsLeft(expiresAt: string, nowMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(expiresAt) - Math.min(nowMs, pausedMs)) / 1000));
}

/** "9:05"; the digits are for the eye. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const announcedAt = [300, 120, 60, 30];

/** The mark that was passed last: read aloud when it changes, instead of every second. */
export function announcedMark(seconds: number): number | undefined {
  return announcedAt.findLast((mark) => seconds <= mark);
}
