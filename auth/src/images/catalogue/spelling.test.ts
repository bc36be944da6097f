import type { BigIntStats } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { localDisk } from './disk.ts';
import { Spelling } from './spelling.ts';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

/** One folder on a disk whose clock is that of the test. */
class Folder {
  readonly names = new Set(['a.tif']);
  changed = 0;
  listings = 0;
  looks = 0;
  /** Milliseconds that a listing takes. */
  takes = 0;
  readonly spelling = new Spelling(
    {
      ...localDisk,
      stat: () => {
        this.looks++;
        return Promise.resolve({
          dev: 1n,
          ino: 2n,
          mtimeNs: BigInt(this.changed),
          mtimeMs: BigInt(this.changed),
          ctimeNs: 3n,
        } as BigIntStats);
      },
      names: () => {
        this.listings++;
        vi.advanceTimersByTime(this.takes);
        return Promise.resolve([...this.names]);
      },
    },
    systemClock,
  );

  has(name: string): Promise<boolean> {
    return this.spelling.isListed('/folder', name);
  }

  change(name: string): void {
    this.names.add(name);
    this.changed = Date.now();
  }
}

it('A folder is listed once for all of its names, and looked at once a second', async () => {
  const folder = new Folder();
  for (let tile = 0; tile < 100; tile++) expect(await folder.has('a.tif')).toBe(true);
  expect([folder.listings, folder.looks]).toEqual([1, 1]);
  vi.advanceTimersByTime(1001);
  expect(await folder.has('a.tif')).toBe(true);
  expect([folder.listings, folder.looks]).toEqual([1, 2]);
});

it('A name that is not in it is looked for with one look, without another listing', async () => {
  const folder = new Folder();
  for (let name = 0; name < 100; name++) expect(await folder.has(`A${name}`)).toBe(false);
  expect(folder.listings).toBe(1);
});

it('A new name is there at once, and at the latest after ten seconds where the folder keeps no time', async () => {
  const folder = new Folder();
  expect(await folder.has('b.tif')).toBe(false);
  folder.change('b.tif');
  expect(await folder.has('b.tif')).toBe(true);
  vi.advanceTimersByTime(10_000);
  expect(await folder.has('c.tif')).toBe(false);
  folder.names.add('c.tif');
  expect(await folder.has('c.tif')).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(await folder.has('c.tif')).toBe(true);
});

it('A name that was taken away counts for a second at most', async () => {
  const folder = new Folder();
  expect(await folder.has('a.tif')).toBe(true);
  folder.names.delete('a.tif');
  vi.advanceTimersByTime(1001);
  folder.change('b.tif');
  expect(await folder.has('a.tif')).toBe(false);
});

it('Two changes within one tick of the clock are both seen', async () => {
  const folder = new Folder();
  folder.change('b.tif');
  expect(await folder.has('b.tif')).toBe(true);
  folder.names.add('c.tif');
  expect(await folder.has('c.tif')).toBe(true);
});

it('A folder that takes long to list and changes all the time is cached for longer', async () => {
  const folder = new Folder();
  folder.takes = 200;
  for (let change = 0; change < 10; change++) {
    folder.change(`${change}.tif`);
    vi.advanceTimersByTime(300);
    expect(await folder.has('a.tif')).toBe(true);
  }
  expect(folder.listings).toBe(1);
});

it('A folder that is not there, or may not be listed, holds nothing', async () => {
  const gone = Object.assign(new Error('gone'), { code: 'ENOENT' });
  const closed = Object.assign(new Error('closed'), { code: 'EACCES' });
  expect(await new Spelling({ ...localDisk, stat: () => Promise.reject(gone) }, systemClock).isListed('/x', 'a')).toBe(
    false,
  );
  expect(
    await new Spelling({ ...localDisk, names: () => Promise.reject(closed) }, systemClock).isListed('/', 'tmp'),
  ).toBe(false);
});
