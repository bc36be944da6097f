import type { Ending } from '../children/run.ts';
import type { PageSource } from '../shared/source.ts';

/** What another program says of a file that is a picture by its first bytes. */
export type Told =
  | { readonly kind: 'pages'; readonly pages: readonly PageSource[] }
  | { readonly kind: 'damaged' | 'locked' | 'excessive' | 'deadly' | 'slow' | 'failing'; readonly reason: string };

/** Why a program has said nothing of a file. */
export function untold(ending: Exclude<Ending, { kind: 'done' }>): Told {
  switch (ending.kind) {
    case 'failed':
      return { kind: 'damaged', reason: `it cannot be read (${lineOf(ending.words)})` };
    case 'stopped':
      return { kind: 'failing', reason: 'the service is being stopped' };
    case 'over':
      return ending.limit === 'seconds'
        ? { kind: 'slow', reason: 'to read what is in it takes too long' }
        : { kind: 'deadly', reason: 'to read what is in it takes too much' };
  }
}

/** The last line that says something, and no more than fits into a log. */
function lineOf(words: string): string {
  const last = words.split('\n').findLast((line) => /[a-z]{3}/i.test(line)) ?? '';
  return last.trim().replaceAll('/dev/fd/3', 'the file').slice(0, 200);
}
