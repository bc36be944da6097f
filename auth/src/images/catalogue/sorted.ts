import { setImmediate as othersFirst } from 'node:timers/promises';

/** Names that are sorted at once. */
const RUN = 256;
/** Names that are merged at once; with the comparisons of all others a millisecond or two. */
const TOGETHER = 2000;

/**
 * Sorts as `Array.sort` does, with pauses for whatever waits: to sort a hundred thousand names at once takes half a second,
 * and a tile's question would wait for that.
 */
export async function sortedWithPauses(
  names: readonly string[],
  compare: (a: string, b: string) => number,
): Promise<string[]> {
  let runs: string[][] = [];
  for (let from = 0; from < names.length; from += RUN) {
    runs.push(names.slice(from, from + RUN).sort(compare));
    if (names.length > RUN) await othersFirst();
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await mergedRuns(runs[at] ?? [], runs[at + 1] ?? [], compare));
      await othersFirst();
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergedRuns(
  one: readonly string[],
  other: readonly string[],
  compare: (a: string, b: string) => number,
): Promise<string[]> {
  const all: string[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [one[i], other[j]];
    if (a === undefined) return all.concat(other.slice(j));
    if (b === undefined) return all.concat(one.slice(i));
    if (compare(a, b) <= 0) {
      all.push(a);
      i += 1;
    } else {
      all.push(b);
      j += 1;
    }
    if (all.length % TOGETHER === 0) await othersFirst();
  }
}
