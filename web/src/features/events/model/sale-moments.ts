import type { SaleStatus } from "@/api/types";

/** What decides when an event's page must change next. */
export interface SaleTimes {
  saleStatus: SaleStatus;
  onSaleAt: string;
  offSaleAt: string;
}

/** The instant at which what is known of the event stops being true; undefined when its sale has ended. */
export function nextMoment({ saleStatus, onSaleAt, offSaleAt }: SaleTimes): number | undefined {
  if (saleStatus === "ended") return undefined;
  const at = Date.parse(saleStatus === "upcoming" ? onSaleAt : offSaleAt);
  return Number.isNaN(at) ? undefined : at;
}

/** A crowd that waits for one instant comes within this, and not all at once. */
export const crowdSpreadMs = 1500;
const firstRetryMs = 700;
const longestRetryMs = 15_000;
/** Timers hold no more than 2^31 ms, and a clock may be put right meanwhile. */
const longestWaitMs = 10 * 60_000;

/**
 * How long to wait before the server is asked, `failures` times in vain so far. A server, or a cache before it, may be
 * a moment behind: it is asked again soon, then ever more seldom.
 */
export function waitMs(moment: number, nowMs: number, failures: number, random: () => number = Math.random): number {
  if (moment > nowMs) return Math.min(moment - nowMs + random() * crowdSpreadMs, longestWaitMs);
  if (failures === 0) return random() * crowdSpreadMs;
  return Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1)) * (0.5 + random());
}
