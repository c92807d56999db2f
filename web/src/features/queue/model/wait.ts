/** How far the line had come, and when. */
export interface Sample {
  served: number;
  atMs: number;
}

/** A wait as a range, in seconds. */
export interface Wait {
  from: number;
  to: number;
}

const keptMs = 120_000;
/** Less says nothing about how fast the line moves. */
const leastMs = 20_000;
const leastPart = 0.7;
const mostPart = 1.5;
/** A line that hardly moved is not said to take for ever. */
const slowestPart = 0.05;

/** The samples with one more, as far back as matters. */
export function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && next.served < last.served) return [next]; // another opening of the room
  return [...samples.filter(({ atMs }) => next.atMs - atMs <= keptMs), next];
}

/**
 * How long so many ahead may take: by the rate that the organiser lets in, and by how the line moved lately, which is
 * slower when there is no room inside.
 */
export function waitOf(ahead: number, ratePerMinute: number, samples: readonly Sample[]): Wait | undefined {
  if (ahead <= 0) return { from: 0, to: 0 };
  if (ratePerMinute <= 0) return undefined;
  const [first, last] = [samples[0], samples.at(-1)];
  const elapsedMs = first === undefined || last === undefined ? 0 : last.atMs - first.atMs;
  const seen =
    elapsedMs < leastMs || first === undefined || last === undefined
      ? ratePerMinute
      : ((last.served - first.served) * 60_000) / elapsedMs;
  const slow = Math.max(Math.min(seen, ratePerMinute), ratePerMinute * slowestPart);
  return {
    from: Math.floor(((ahead * 60) / ratePerMinute) * leastPart),
    to: Math.ceil(((ahead * 60) / slow) * mostPart),
  };
}

/** Minutes as they are said: whole, at least one, and in steps of five from half an hour on. */
export function minutesOf(seconds: number): number {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 30 ? minutes : Math.round(minutes / 5) * 5;
}
