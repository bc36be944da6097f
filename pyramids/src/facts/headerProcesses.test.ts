import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HeaderReading } from './headerProcess.ts';
import { HeaderProcesses } from './headerProcesses.ts';

const script = join(import.meta.dirname, '../../test/support/badReader.ts');
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function start({ seconds = 15, idleSeconds = 60, module = script } = {}) {
  const processes = new HeaderProcesses({ script: module, seconds, idleSeconds });
  stops.push(() => {
    processes.stop();
  });
  const read = (path: string) => processes.read({ folder: '/', path, state: '' });
  return { read, all: (...paths: string[]) => Promise.all(paths.map(read)) };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `file${index}`);
const readBy = (reading: HeaderReading) => ('reason' in reading ? reading.reason.split(' ').at(-1) : undefined);

describe('a file of which its reader dies costs that file alone', () => {
  it.each(['kills', 'eats'])('%s', async (bad) => {
    const files = many(50);
    const readings = await start().all(...files.slice(0, 3), bad, ...files.slice(3, 20), bad, ...files.slice(20));
    const [dead, alive] = [
      readings.filter(({ kind }) => kind === 'deadly'),
      readings.filter(({ kind }) => kind === 'damaged'),
    ];
    expect(dead).toEqual(Array(2).fill({ kind: 'deadly', reason: 'whoever reads it dies of it' }));
    expect(alive.map((reading) => 'reason' in reading && reading.reason.split(' ')[0])).toEqual(files);
  });

  it.each(['circles', 'stops'])('%s', async (bad) => {
    const { all } = start({ seconds: 2 });
    expect((await all('first', bad, 'last')).map(({ kind }) => kind)).toEqual(['damaged', 'slow', 'damaged']);
  });
});

it('a reader that was killed says nothing of the files that it was asked about', async () => {
  const { read } = start();
  for (const name of many(5)) {
    const reader = Number(readBy(await read(name)));
    process.kill(reader, 'SIGKILL');
    expect(await read(`after ${name}`)).toMatchObject({ kind: 'damaged' });
  }
});

it('many files are read by a few processes, a single one by one that is there', async () => {
  const { read, all } = start();
  const readers = new Set((await all(...many(300))).map(readBy));
  expect(readers.size).toBeLessThanOrEqual(4);
  const again = await read('again');
  expect(readers).toContain(readBy(again));
});

it('a reader that has worked much is followed by a new one before its time is over', async () => {
  const { read, all } = start();
  const before = await all('tires', 'next', 'last');
  const [first] = before.map(readBy);
  expect(before.map(readBy)).toEqual([first, first, first]);
  const after = await read('after');
  expect(readBy(after)).not.toBe(first);
});

it('a reader without work ends, and another one starts when there is some', async () => {
  const { read } = start({ idleSeconds: 0.1 });
  const first = Number(readBy(await read('first')));
  await vi.waitUntil(() => !existsSync(`/proc/${first}`), { timeout: 15_000 });
  expect(await read('second')).toMatchObject({ kind: 'damaged' });
});

it('where no reader starts, nothing is said of the files', async () => {
  const readings = await start({ module: '/no/such/module.ts' }).all(...many(40));
  expect(readings).toEqual(Array(40).fill({ kind: 'failing', reason: 'the program that reads it does not start' }));
});
