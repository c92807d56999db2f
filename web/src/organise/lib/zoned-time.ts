/**
 * Times as a clock on a wall shows them, "2027-03-28T20:00", in a zone of their own: an organiser in Lisbon plans an
 * evening in Berlin. Without libraries, by what `Intl` knows of zones.
 */

const hourMs = 3_600_000;

function partsOf(instantMs: number, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, value]));
}

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant. */
function offsetAt(instantMs: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(instantMs, timeZone);
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return wall - Math.floor(instantMs / 1000) * 1000;
}

/** What the zone's clocks show at an instant, to the minute; "" for what is no instant. */
export function toWall(instant: string | undefined, timeZone: string): string {
  const ms = Date.parse(instant ?? "");
  if (Number.isNaN(ms)) return "";
  const { year, month, day, hour, minute } = partsOf(ms, timeZone);
  return `${(year ?? "").padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

/**
 * The instant at which the zone's clocks show this. Of an hour that comes twice, in autumn, the first; of one that is
 * left out, in spring, the instant at which the clocks would have shown it, an hour later on them. Undefined for no
 * time.
 */
export function fromWall(wall: string, timeZone: string): string | undefined {
  const match = /^(\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(wall);
  if (match === null) return undefined;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  if (Number.isNaN(asUtc)) return undefined;
  // Offsets before and after a change of the clocks that may be near. The larger one belongs to the earlier instant.
  const offsets = [offsetAt(asUtc - 24 * hourMs, timeZone), offsetAt(asUtc + 24 * hourMs, timeZone)];
  const fitting = offsets.map((offset) => asUtc - offset).filter((ms) => ms + offsetAt(ms, timeZone) === asUtc);
  const instant = fitting.length > 0 ? Math.min(...fitting) : asUtc - (offsets[0] as number);
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** A wall time moved by whole days: the same hour on another day, whatever the clocks do in between. */
export function addDays(wall: string, days: number): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)(T.*)$/.exec(wall);
  if (match === null) return wall;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + days));
  return `${date.toISOString().slice(0, 10)}${match[4] ?? ""}`;
}

/** IANA names that the browser knows, for a choice. */
export function knownZones(): readonly string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return zones.includes("UTC") ? zones : [...zones, "UTC"];
}

/** Where the browser is. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
