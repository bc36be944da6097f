/** The one of some names that was probably meant: the same but for capitals, or with few letters mistaken. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const wanted = plain(name);
  let best: string | undefined;
  // One letter of a short name, more of a long one; else every short name would be near every other.
  let least = Math.floor((wanted.length + 1) / 4) + 1;
  for (const candidate of names) {
    const other = plain(candidate);
    if (Math.abs(other.length - wanted.length) >= least) continue;
    const steps = distance(wanted, other);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

function plain(name: string): string[] {
  return Array.from(name.normalize('NFC').trim().toLowerCase());
}

/** Letters to be added, left out, replaced, or exchanged with their neighbour (optimal string alignment). */
function distance(one: readonly string[], other: readonly string[]): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (const [row, letter] of one.entries()) {
    const line = [row + 1];
    for (const [column, counterpart] of other.entries()) {
      const replaced = at(last, column) + (letter === counterpart ? 0 : 1);
      const exchanged =
        letter === other[column - 1] && counterpart === one[row - 1] ? at(before, column - 1) + 1 : Infinity;
      line.push(Math.min(replaced, exchanged, at(last, column + 1) + 1, at(line, column) + 1));
    }
    [before, last] = [last, line];
  }
  return at(last, other.length);
}

function at(line: readonly number[], column: number): number {
  return line[column] ?? Infinity;
}
