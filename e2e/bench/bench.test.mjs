// ./bench works, and says what it should; how fast anything is on the computer of a test says nothing.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../../test-support/command.mjs';

const bench = (/** @type {string[]} */ ...words) =>
  runCommand(join(import.meta.dirname, '../../bench'), words, { seconds: 600 });
const SMALL = '--rounds 1 --seconds 0.2 --megapixels 1 --large 2 --users 50 --images 200'.split(' ');

const GOALS = {
  'warm panning images sessions open refused': ['≥ 0.8', '≥ 0.5', '≥ 0.25', '≥ 0.12', '≥ 0.8', '≥ 0.5'],
  'bearer signed native manifest2 manifest3': ['≥ 0.68', '≥ 0.68', '≥ 0.2', '≥ 2000 /s', '≥ 2000 /s'],
  'flood https': ['≤ 2', '≥ 0.75'],
  decide: ['≥ 0.8', '≥ 0.8', '≥ 0.8', '≥ 0.8'],
  collection: ['≤ 2'],
  tiles: ['≥ 8', '≥ 20', '≥ 20'],
  making: ['≤ 1.15', '≤ 1.5'],
  sweep: ['≤ 2'],
  memory: ['≤ 80 MB', '≤ 500 MB'],
  growth: ['≥ 0.9', '≤ 150 MB', '≤ 3 s'],
};
for (const [what, goals] of Object.entries(GOALS)) {
  test(`a short run: ${what}`, async () => {
    const { code, text } = await bench(...SMALL, ...what.split(' '));
    const found = [
      ...text.matchAll(/^\| [^|]+ \| +[\d.]+(?: MB| s| \/s)? +\| (. [\d.]+(?: MB| s| \/s)?) +\| (?:yes|MISSED) /gm),
    ];
    assert.deepEqual(found.map(([, goal]) => goal).toSorted(), goals.toSorted(), text);
    assert.equal(code, text.includes('MISSED') ? 1 : 0);
  });
}

test('what it does not know is said, with status 2', async () => {
  for (const words of [['nothing'], ['--rounds', '0'], ['--fast'], ['--seconds', 'x']]) {
    const { code, text } = await bench(...words);
    assert.equal(code, 2, text);
    assert.match(text, /^bench: .*see --help\)\n$/);
  }
});
