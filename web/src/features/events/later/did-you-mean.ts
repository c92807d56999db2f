/** What of an event somebody may have looked for. */
export interface Findable {
  title: string;
  venue: { name: string; city: string };
}

const shortWordCharacters = 4;

/**
 * The search with its unknown words put right by the words of events that there are; undefined where none comes near.
 */
export function didYouMean(search: string, events: readonly Findable[]): string | undefined {
  const known = new Map<string, string>();
  for (const { title, venue } of events) {
    for (const word of wordsOf(`${title} ${venue.name} ${venue.city}`)) known.set(folded(word), word);
  }
  const words = wordsOf(search);
  const corrected = words.map((word) => nearest(word, known) ?? word);
  const isChanged = corrected.some((word, index) => folded(word) !== folded(words[index] ?? ""));
  return isChanged ? corrected.join(" ") : undefined;
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Without case and accents. */
function folded(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function nearest(word: string, known: ReadonlyMap<string, string>): string | undefined {
  const wanted = folded(word);
  // A beginning finds the word already.
  if ([...known.keys()].some((candidate) => candidate.startsWith(wanted))) return undefined;
  let best: string | undefined;
  let bestDistance = wanted.length <= shortWordCharacters ? 2 : 3;
  for (const [candidate, written] of known) {
    if (candidate.length < 3) continue;
    const distance = editDistance(wanted, candidate, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [written, distance];
  }
  return best;
}

/**
 * Letters to change, add, take away or exchange with their neighbour (optimal string alignment, Damerau 1964); `limit`
 * where there are as many or more.
 */
export function editDistance(first: string, second: string, limit: number): number {
  if (Math.abs(first.length - second.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    for (let column = 1; column <= second.length; column++) {
      const isSame = first[row - 1] === second[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1));
      const isSwapped = first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      if (row > 1 && column > 1 && isSwapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    if (Math.min(...current) >= limit) return limit;
    [beforeLast, last] = [last, current];
  }
  return Math.min(limit, at(last, second.length));
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
