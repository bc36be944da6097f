import { mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Limits, Program } from './limits.ts';
import { run } from './run.ts';

const limits: Limits = { seconds: 15, cpuSeconds: 10, memory: 4e8, fileSize: 1e7, niceness: 0 };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-children-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const shell = (script: string, ...args: readonly string[]): Program => ({
  program: 'bash',
  args: ['-c', script, 'bash', ...args],
});

test('what the last of a pipe says is its output', async () => {
  const ending = await run([shell('printf "b\\na\\n"'), shell('sort'), shell('tr a-z A-Z')], { limits });
  expect(ending).toEqual({ kind: 'done', output: Buffer.from('A\nB\n') });
});

test('no shell sees an argument', async () => {
  const ending = await run([{ program: 'printf', args: ['%s', '$(id); rm -rf "'] }], { limits });
  expect(ending).toEqual({ kind: 'done', output: Buffer.from('$(id); rm -rf "') });
});

test('who fails is named by its own words, not by those that lost their reader or writer', async () => {
  const failing = shell('head -c 10 >&2; echo no picture >&2; exit 3');
  expect(await run([shell('yes'), failing, shell('cat')], { limits })).toEqual({
    kind: 'failed',
    words: expect.stringContaining('no picture'),
  });
  expect(await run([shell('kill -SEGV $$')], { limits })).toEqual({ kind: 'failed', words: 'ended by SIGSEGV' });
  expect(await run([{ program: 'no-such-program', args: [] }], { limits })).toMatchObject({ kind: 'failed' });
});

test('endless words are cut, endless output is stopped', async () => {
  const ending = await run([shell('yes | head -c 3000000 >&2; exit 1')], { limits });
  expect(ending.kind === 'failed' && ending.words.length).toBeLessThan(5000);
  expect(await run([shell('yes')], { limits, mostOutput: 1000 })).toEqual({ kind: 'over', limit: 'output' });
});

test('who turns in circles is stopped by the time of the core', async () => {
  expect(await run([shell('while :; do :; done')], { limits: { ...limits, cpuSeconds: 1 } })).toEqual({
    kind: 'over',
    limit: 'cpuSeconds',
  });
});

test('who waits for ever is stopped by the clock, with the children of its own', async () => {
  const file = join(folder, 'alive');
  const script = 'while :; do touch "$1"; sleep 0.05; done & wait';
  const ending = await run([shell(script, file), shell('sleep 60')], { limits: { ...limits, seconds: 1 } });
  expect(ending).toEqual({ kind: 'over', limit: 'seconds' });
  const last = statSync(file).mtimeMs;
  await wait(300);
  expect(statSync(file).mtimeMs).toBe(last);
});

test('memory is limited', async () => {
  const eats = shell('x=$(head -c 500000000 /dev/zero | tr "\\0" x); echo ${#x}');
  expect(await run([eats], { limits })).toMatchObject({ kind: 'failed' });
});

test('a file is limited', async () => {
  const writes: Program = { program: 'dd', args: ['if=/dev/zero', `of=${join(folder, 'big')}`, 'bs=1M', 'count=20'] };
  expect(await run([writes], { limits })).toEqual({ kind: 'over', limit: 'fileSize' });
  expect(statSync(join(folder, 'big')).size).toBe(1e7);
});

test('the caller may stop it', async () => {
  const stop = new AbortController();
  const running = run([shell('sleep 60')], { limits, signal: stop.signal });
  stop.abort();
  expect(await running).toEqual({ kind: 'stopped' });
  expect(await run([shell('sleep 60')], { limits, signal: stop.signal })).toEqual({ kind: 'stopped' });
});

test('it knows nothing of our environment, gives way, and has the files that it is given', async () => {
  vi.stubEnv('SOME_SECRET', 'secret');
  const file = join(folder, 'given');
  writeFileSync(file, 'content');
  const fd = openSync(file, 'r');
  rmSync(file);
  const told = { limits: { ...limits, niceness: 7 }, files: [fd], scratch: folder };
  const ending = await run([{ ...shell('cat /dev/fd/3; nice; pwd; env'), variables: { MORE: 'm' } }], told);
  closeSync(fd);
  vi.unstubAllEnvs();
  const said = ending.kind === 'done' ? ending.output.toString() : '';
  expect(said.split('\n').slice(0, 2)).toEqual(['content7', folder]);
  expect(said).toContain('MORE=m');
  expect(said).not.toContain('SOME_SECRET');
});

test('nothing of ours stays open', async () => {
  const open = (): number => readdirSync('/proc/self/fd').length;
  const before = open();
  for (let n = 0; n < 10; n += 1) await run([shell('echo'), shell('cat'), shell('cat')], { limits });
  expect(open()).toBeLessThanOrEqual(before + 2);
});
