import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {'hosts' | 'networks'} List examples of a rule that stands in more than one language */

/**
 * @param {List} list
 * @returns {[kind: string, text: string][]} each text, and what it is
 */
export function examples(list) {
  const lines = readFileSync(join(import.meta.dirname, `${list}.txt`), 'utf8').split('\n');
  return lines
    .filter((line) => /^[^#]/.test(line))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).replaceAll('\\n', '\n')]);
}

/**
 * Judges all examples in one bash, in the root of the repository.
 * @param {List} list
 * @param {string} judge command that is run for each, which is `$text`, in a shell of its own
 * @returns {Map<string, boolean>} example → whether the command succeeded
 */
export function judgeInShell(list, judge) {
  const texts = examples(list).map(([, text]) => text);
  const script = `set -uo pipefail; for text; do if (${judge}); then echo yes; else echo no; fi; done`;
  const output = execFileSync('bash', ['-c', script, 'bash', ...texts], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const answers = output.toString().trim().split('\n');
  return new Map(texts.map((text, index) => [text, answers[index] === 'yes']));
}
