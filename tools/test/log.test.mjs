// tools/log.mjs: the log of a service, for people.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

/** @param {string} input */
function legible(input) {
  return spawnSync(process.execPath, [join(import.meta.dirname, '../log.mjs'), 'auth'], {
    input,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  }).stdout;
}

test('a JSON line is told as time, name, message and fields', () => {
  const line = { msg: 'ready', level: 'info', time: '2026-01-02T03:04:05.678Z', port: 1, tags: ['a'] };
  assert.equal(legible(`${JSON.stringify(line)}\n`), '03:04:05 auth ready port=1 tags=["a"]\n');
});

test('a warning says so, an error shows where it was', () => {
  const line = {
    msg: 'no',
    level: 'error',
    time: '2026-01-02T03:04:05Z',
    err: { message: 'm', stack: 'Error: m\n  at x' },
  };
  assert.equal(legible(JSON.stringify(line)), '03:04:05 auth ERROR no err=Error: m\n  at x\n');
});

test('other lines pass as they are', () => {
  for (const line of ['', '  password   abc', '{broken', '"text"', 'null', '{"msg":1}']) {
    assert.equal(legible(`${line}\n`), `${line}\n`);
  }
});
