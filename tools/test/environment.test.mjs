// tools/environment.sh: a .env file is read, never run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

/** @type {string} */
let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vitrine env-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/**
 * @param {string | Buffer} text of the file
 * @param {NodeJS.ProcessEnv} [env]
 * @returns the value of V after the file was read, or what was said against it
 */
function load(text, env = {}) {
  const file = join(folder, '.env');
  writeFileSync(file, text);
  const script =
    'cd "$0/.." && source say.sh && source environment.sh && load_env_file "$1" && printf "%s" "${V-unset}"';
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', script, import.meta.dirname, file], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });
  return status === 0 ? stdout : `refused: ${stderr}`;
}

for (const [text, value] of [
  ['V=plain', 'plain'],
  ['# V=no\n\n  V = two words  # why', 'two words'],
  ['export V=x', 'x'],
  ['V=a#b', 'a#b'],
  ['V=', ''],
  ['V=# nothing', ''],
  ['V="a # b"  # why', 'a # b'],
  ['V="say \\"so\\" \\\\ $HOME `id`"', 'say "so" \\ $HOME `id`'],
  ['V=\'a "b" $HOME # c\'', 'a "b" $HOME # c'],
  ['V=crlf\r\nW=x\r\n', 'crlf'],
  ['V=a=b?c&d;e', 'a=b?c&d;e'],
  ['\ufeffV=mark', 'mark'],
  ['V=old\rW=macs\r', 'old'],
  ['\u00a0V\u00a0=\u00a0"a\u00a0b"\u00a0', 'a\u00a0b'],
  ['V=a\u00a0b\u00a0', 'a\u00a0b'],
  ['V=\t €5\t', '€5'],
]) {
  test(`${JSON.stringify(text)} is ${JSON.stringify(value)}`, () => {
    assert.equal(load(text), value);
  });
}

test('nothing in it is run', () => {
  const trap = join(folder, 'trap');
  assert.equal(load(`V=$(touch '${trap}')\nW="\`touch '${trap}'\`"\nX=a; touch '${trap}'`), `$(touch '${trap}')`);
  assert.equal(existsSync(trap), false);
});

test('the environment wins over the file, unless it is empty', () => {
  assert.equal(load('V=file', { V: 'environment' }), 'environment');
  assert.equal(load('V=file', { V: '' }), 'file');
});

test('what is not NAME=VALUE is refused with its line', () => {
  assert.match(load('V=1\nnonsense\n'), /\.env, line 2: this is not NAME=VALUE/);
  assert.match(load('V="open\n'), /line 1: the quotation mark of V is not closed/);
  assert.match(load('V=„low“\n'), /line 1: the quotation marks of V are those of a text editor/);
  assert.match(load(Buffer.from('\ufeffV=1\n', 'utf16le')), /is written in UTF-16\. Save it as UTF-8/);
});

test('a folder in its place is refused', () => {
  mkdirSync(join(folder, '.env'));
  const script = 'cd "$0/.." && source say.sh && source environment.sh && load_env_file "$1"';
  const { stderr } = spawnSync('bash', ['-euc', script, import.meta.dirname, join(folder, '.env')], {
    encoding: 'utf8',
  });
  assert.match(stderr, /\.env is a folder\. It has to be a file/);
});
