import { existsSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fit, master, open, place, usedBefore, useVolumes } from '../../test/support/volumes.ts';

useVolumes();

test('the longest unused goes first, what is in use never', async () => {
  const volume = await open({ size: 300 });
  const bases: string[] = [];
  for (const [path, minutes] of [
    ['a', 60],
    ['b', 120],
    ['c', 1],
  ] as const) {
    const base = await place(volume, master(path), 'x'.repeat(100));
    usedBefore(base, minutes);
    bases.push(base);
  }
  const there = (): boolean[] => bases.map((base) => existsSync(`${base}.tif`));
  expect(await volume.reserve(50, false)).toBeUndefined();
  expect(there()).toEqual([true, true, true]);
  expect(await volume.reserve(50, true)).toBeDefined();
  expect(there()).toEqual([true, false, true]);
  // Would all that is unused go, it would still not be enough: so nothing does.
  expect(await volume.reserve(250, true)).toBeUndefined();
  expect(there()).toEqual([true, false, true]);
  expect(await volume.reserve(150, true)).toBeDefined();
  expect(there()).toEqual([false, false, true]);
});

test('what is used is noted, and stays', async () => {
  const volume = await open({ size: 100 });
  const a = master('a');
  const base = await place(volume, a, 'x'.repeat(100));
  usedBefore(base, 60);
  volume.use(`aa/${a.key.slice(2)}-0.tif`);
  await expect.poll(() => Date.now() - statSync(`${base}.json`).mtimeMs).toBeLessThan(60_000);
  usedBefore(base, 60); // another service may not have noted it yet
  expect(await volume.reserve(50, true)).toBeUndefined();
});

test('what is reserved is not given twice, what is released is', async () => {
  const volume = await open({ size: 100 });
  const [first, second] = await Promise.all([volume.reserve(60, true), volume.reserve(60, true)]);
  expect([first === undefined, second === undefined]).toEqual([false, true]);
  first?.release();
  first?.release();
  expect((await volume.figures()).room).toBe(100);
  expect(await volume.reserve(60, true)).toBeDefined();
});

test('a size that is less than before: what is beyond it goes, the longest unused first, but nothing in use', async () => {
  const before = await open({ size: 400 });
  const bases: string[] = [];
  for (const [path, minutes] of Object.entries({ a: 60, b: 120, c: 1, d: 90 })) {
    const base = await place(before, master(path), 'x'.repeat(100));
    usedBefore(base, minutes);
    bases.push(base);
  }
  const there = (): boolean[] => bases.map((base) => existsSync(`${base}.tif`));
  const less = await open({ size: 250 });
  await less.clean(new AbortController().signal);
  expect(there()).toEqual([true, false, true, false]);
  expect(await less.figures()).toMatchObject({ ready: 2, bytes: 200 });
  await (await open({ size: 10 })).clean(new AbortController().signal);
  expect(there()).toEqual([false, false, true, false]);
});

test('what takes the place of another counts once', async () => {
  const volume = await open();
  const a = master('a');
  await place(volume, a, 'x'.repeat(100));
  await place(volume, a, 'x'.repeat(30));
  expect(await volume.figures()).toMatchObject({ ready: 1, bytes: 30 });
  await volume.link(a, 0, 'fit', fit);
  expect(await volume.figures()).toMatchObject({ ready: 1, bytes: 0 });
});

test('0: nothing is made', async () => {
  const volume = await open({ size: 0 });
  expect(await volume.reserve(1, true)).toBeUndefined();
  expect((await volume.figures()).room).toBe(0);
});

test('all but a tenth of the disk', async () => {
  const volume = await open();
  const { room } = await volume.figures();
  expect(await volume.reserve(room + 1e9, true)).toBeUndefined();
  expect(await volume.reserve(1000, true)).toBeDefined();
});
