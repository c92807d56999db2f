export interface Countdown {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** What is left until an instant; undefined once it is over. */
export function countdownTo(instant: string, nowMs: number): Countdown | undefined {
  const left = Math.ceil((Date.parse(instant) - nowMs) / 1000);
  if (!(left > 0)) return undefined;
  return {
    days: Math.floor(left / 86_400),
    hours: Math.floor(left / 3600) % 24,
    minutes: Math.floor(left / 60) % 60,
    seconds: left % 60,
  };
}
