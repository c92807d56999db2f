const firstMs = 500;
const longestMs = 20_000;

/** Doubling, and anywhere in its upper half: a crowd that lost its server does not return in one instant. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const full = Math.min(longestMs, firstMs * 2 ** failures);
  return full * (0.5 + random() / 2);
}
