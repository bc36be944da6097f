import type { Ending } from '../children/run.ts';

/** Why no pyramid was made: of this file never (`failed`), or for now (`unavailable`). */
export type Failure =
  | { readonly kind: 'failed'; readonly reason: string; readonly remedy: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

const RESTORE = 'copy it here once more from where it came';
const CONVERT = 'make a TIFF, PNG or JPEG of it with a program that opens it';

/** What the programs say of a file, and what that means. The first that fits counts. */
const MEANINGS: readonly (readonly [said: RegExp, reason: string, remedy: string])[] = [
  [
    /out of memory|cannot allocate|failed to allocate|SIGTRAP|SIGABRT|bad_alloc/iv,
    'it needs more memory than one picture may have',
    CONVERT,
  ],
  [/password|encrypted/iv, 'it is locked with a password', 'save it without a password'],
  [
    /unsupported|not supported|not implemented|no decod|cannot handle/iv,
    'it is of a kind that libvips does not read',
    CONVERT,
  ],
  [
    /premature|truncat|not enough data|unexpected end|end of (?:file|stream)|decode the codestream|read error|unable to parse|bad seek|damaged|corrupt|invalid|inconsistent|operation is blocked|not a [a-z]+ file|unable to open source/iv,
    'it is damaged, or cut off',
    RESTORE,
  ],
];

const DISK_FAILS = /input\/output error|stale file handle|transport endpoint|permission denied/iv;

const OVER = {
  seconds: 'it took more time than one picture may take',
  cpuSeconds: 'it took more time than one picture may take',
  fileSize: 'what was made of it became larger than it may be',
  output: 'libvips said more than it should',
};

/** What an unhappy ending means for whoever owns the file. `interrupted`: nothing, for somebody killed the program. */
export function meaningOf(
  ending: Exclude<Ending, { kind: 'done' }>,
): Failure | { readonly kind: 'interrupted'; readonly reason: string } | { readonly kind: 'stopped' } {
  if (ending.kind === 'stopped') return ending;
  if (ending.kind === 'over') return { kind: 'failed', reason: OVER[ending.limit], remedy: CONVERT };
  if (/no space left|ENOSPC|quota exceeded/iv.test(ending.words)) return { kind: 'unavailable', reason: FULL };
  if (/SIGKILL|SIGTERM|ENOENT|EAGAIN|failed to execute/v.test(ending.words))
    return { kind: 'interrupted', reason: `its making was interrupted (${lastLine(ending.words)})` };
  if (DISK_FAILS.test(ending.words)) return { kind: 'unavailable', reason: 'its disk or share fails' };
  const meaning = MEANINGS.find(([said]) => said.test(ending.words));
  if (meaning) return { kind: 'failed', reason: meaning[1], remedy: meaning[2] };
  return { kind: 'failed', reason: `libvips cannot read it (${lastLine(ending.words)})`, remedy: CONVERT };
}

export const FULL = 'the volume of the pyramids is full: give it more room, or raise PYRAMIDS_SIZE';

function lastLine(words: string): string {
  const line = words.split('\n').findLast((text) => text.trim() !== '') ?? '';
  return line
    .replace(/^.*VIPS-WARNING \*\*: [\d:.]*: /v, '')
    .trim()
    .slice(0, 200);
}
