import { fromWall, toWall } from "./zoned-time";

export const periodNames = ["thisMonth", "lastMonth", "thisYear", "lastYear", "all"] as const;
export type PeriodName = (typeof periodNames)[number];

/** From inclusive, to exclusive; what is left out is open. */
export interface Period {
  from?: string;
  to?: string;
}

/** A period by the calendar of a time zone. */
export function periodOf(name: PeriodName, timeZone: string, now: string): Period {
  if (name === "all") return {};
  const [year, month] = toWall(now, timeZone).split("-").map(Number) as [number, number];
  if (name === "thisMonth") return between(year, month, year, month + 1, timeZone);
  if (name === "lastMonth") return between(year, month - 1, year, month, timeZone);
  return name === "thisYear" ? between(year, 1, year + 1, 1, timeZone) : between(year - 1, 1, year, 1, timeZone);
}

function between(year: number, month: number, endYear: number, endMonth: number, timeZone: string): Period {
  const [from, to] = [firstOf(year, month, timeZone), firstOf(endYear, endMonth, timeZone)];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** The first midnight of a month; month 0 is the December before, 13 the January after. */
function firstOf(year: number, month: number, timeZone: string): string | undefined {
  const day = new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
  return fromWall(`${day}T00:00`, timeZone);
}
