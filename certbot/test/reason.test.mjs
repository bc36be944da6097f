// What the log tells of an ACME server's answer, and when the server says it may be asked again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const script = join(import.meta.dirname, '../reason.sh');

/**
 * @param {string} locale
 * @param {string[]} call a function of reason.sh, and its parameters
 * @returns what it prints
 */
const ask = (locale, ...call) =>
  execFileSync('bash', ['--norc', '-euc', 'source "$1"; "${@:2}"', 'bash', script, ...call], {
    env: { PATH: process.env.PATH, LC_ALL: locale },
  }).toString();

const problem = (/** @type {string} */ detail) =>
  JSON.stringify({ type: 'urn:ietf:params:acme:error:malformed', detail }, null, 2);
const now = () => Math.floor(Date.now() / 1000);

/** @type {[header: string, expected: () => number][]} */
const headers = [
  ['08', () => now() + 8],
  ['Sun, 06 Nov 2044 08:49:37 GMT', () => Date.UTC(2044, 10, 6, 8, 49, 37) / 1000],
  ['99999999999999999999', () => 0],
  ['@99999999999999', () => 0],
  ['200 years', () => 0],
  ['tomorrow', () => 0],
  ['2044-11-06', () => 0],
];
for (const [header, expected] of headers) {
  test(`Retry-After: ${header}`, () => {
    const answer = `HTTP 503\nRetry-After: ${header}\n\n${problem('busy')}`;
    const before = expected();
    const time = Number(ask('C', 'not_before', answer));
    assert.ok(time >= before && time <= expected(), `wrong by ${time - before} seconds`);
  });
}

test('a date in the words of the server', () => {
  const at = Date.UTC(2044, 10, 6, 8, 49, 37) / 1000;
  for (const date of ['2044-11-06 08:49:37 UTC', '2044-11-06T08:49:37Z']) {
    assert.equal(Number(ask('C', 'not_before', `HTTP 429\n\n${problem(`busy, retry after ${date}: see x`)}`)), at);
  }
});

for (const locale of ['C', 'C.UTF-8']) {
  test(`only printable ASCII comes from a server into the log (${locale})`, () => {
    const evil = 'before \u009b31m \u001b[31m \u0007 \u00fc after';
    const escaped = problem(evil).replaceAll(/[^\0-~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const folder = mkdtempSync(join(tmpdir(), 'vitrine reason-'));
    const output = join(folder, 'output');
    writeFileSync(output, `Saving debug log to x\nacme.errors.ClientError: ${evil}.\n`);
    try {
      for (const call of [
        ['detail_of', problem(evil)],
        ['detail_of', escaped],
        ['words_of', output],
      ]) {
        assert.match(ask(locale, ...call), /^before [ -~]* after$/);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
