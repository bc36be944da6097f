import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  finally_,
  images,
  makerOf,
  masterOf,
  openVolume,
  pyramids,
  saying,
  useFolders,
} from '../../test/support/workshop.ts';
import { grey, rgb } from '../../test/support/quarters.ts';
import type { Master } from '../shared/master.ts';
import { sourceOf } from '../volume/places.ts';
import { readiness } from './readiness.ts';

useFolders();

/** Noise is what takes the most of time and room. */
function noise(path: string, side: number): Master {
  const whole = join(images(), path);
  const between = `${whole}.v`;
  execFileSync('vips', ['gaussnoise', between, String(side), String(side), '--sigma', '60', '--mean', '128'], {
    stdio: 'pipe',
  });
  execFileSync('vips', ['cast', between, whole, 'uchar'], { stdio: 'pipe' });
  rmSync(between);
  return masterOf(path);
}

const placeOf = (master: Master): string => join(pyramids(), sourceOf(master.key, 0));
const FULL = { kind: 'unavailable', reason: expect.stringContaining('PYRAMIDS_SIZE') };

describe('what comes of a wish', () => {
  test('a pyramid', async () => {
    const master = noise('a.tif', 700);
    const volume = await openVolume();
    const maker = makerOf(volume, saying({ ...grey, width: 700, height: 700 }));
    expect(await Promise.all([maker.want(master, 0, 'sweep'), maker.want(master, 0, 'tile')])).toEqual([
      { kind: 'ready' },
      { kind: 'ready' },
    ]);
    expect(execFileSync('vipsheader', [placeOf(master)]).toString()).toContain('704x704 uchar, 1 band');
    expect(readdirSync(volume.scratch)).toEqual(['lock']);
    expect(maker.status().secondsPerMegapixel).toBeGreaterThan(0);
  });

  test('a link to what is a pyramid, even where nothing is made', async () => {
    const master = masterOf('a.tif', 'a pyramid');
    const volume = await openVolume({ size: 0 });
    expect(await makerOf(volume, saying(rgb, 'fit')).want(master, 0, 'tile')).toEqual({ kind: 'ready' });
    expect(readFileSync(placeOf(master), 'utf8')).toBe('a pyramid');
    const other = await makerOf(volume, saying(rgb)).want(masterOf('b.jpg', 'b'), 0, 'tile');
    expect(other).toEqual({ kind: 'unavailable', reason: 'nothing is made: PYRAMIDS_SIZE is 0' });
  });

  test('a failure, which is remembered until another edition of the maker tries', async () => {
    const master = masterOf('a.jpg', 'no picture at all');
    const facts = saying({ loader: 'jpegload' });
    const failed = {
      kind: 'failed',
      reason: 'it is damaged, or cut off',
      remedy: 'copy it here once more from where it came',
    };
    const volume = await openVolume();
    expect(await makerOf(volume, facts).want(master, 0, 'tile')).toEqual(failed);
    rmSync(join(images(), 'a.jpg'));
    expect(await makerOf(volume, facts).want(master, 0, 'tile')).toEqual(failed);
    const later = makerOf(await openVolume({ edition: 2 }), facts);
    expect(await later.want(master, 0, 'tile')).toEqual({ kind: 'unavailable', reason: 'it is just being written' });
  });

  test('a page that is not there', async () => {
    const maker = makerOf(await openVolume(), saying(rgb));
    expect(await maker.want(masterOf('a.jpg', ''), 7, 'tile')).toMatchObject({
      kind: 'failed',
      reason: 'it has no such page',
    });
  });
});

describe('readiness', () => {
  const now = { seconds: 0.001, signal: new AbortController().signal };
  const patient = { ...now, seconds: 30 };

  test('who does not wait is told that it is being made; who does gets it', async () => {
    const master = noise('a.tif', 1500);
    const facts = saying({ ...grey, width: 1500, height: 1500 });
    const volume = await openVolume();
    const maker = makerOf(volume, facts);
    expect(await readiness({ volume, facts, reduces: false }, maker, { master, page: 0 }, now)).toEqual({
      kind: 'making',
    });
    const ready = { kind: 'ready', source: sourceOf(master.key, 0), native: true };
    expect(await readiness({ volume, facts, reduces: false }, maker, { master, page: 0 }, patient)).toEqual(ready);
    expect(await readiness({ volume, facts, reduces: false }, maker, { master, page: 0 }, now)).toEqual(ready);
  });

  test('nobody waits any more', async () => {
    const master = noise('a.tif', 1500);
    const facts = saying({ ...grey, width: 1500, height: 1500 });
    const volume = await openVolume();
    const gone = { ...patient, signal: AbortSignal.abort() };
    expect(
      await readiness({ volume, facts, reduces: false }, makerOf(volume, facts), { master, page: 0 }, gone),
    ).toEqual({
      kind: 'making',
    });
  });

  test('a JPEG 2000 is shown as it is until its pyramid is made', async () => {
    const other = noise('other.tif', 300);
    execFileSync('vips', ['jp2ksave', join(images(), other.path), join(images(), 'a.jp2')], { stdio: 'pipe' });
    const master = masterOf('a.jp2');
    const facts = saying({ ...grey, loader: 'jp2kload', width: 300, height: 300 }, 'made', { meanwhile: 'jp2' });
    const volume = await openVolume();
    const maker = makerOf(volume, facts);
    const ask = () => readiness({ volume, facts, reduces: false }, maker, { master, page: 0 }, now);
    expect(await ask()).toEqual({ kind: 'ready', source: sourceOf(master.key, 0, '.jp2'), native: false });
    await expect
      .poll(ask, { timeout: 15_000 })
      .toEqual({ kind: 'ready', source: sourceOf(master.key, 0), native: true });
  });

  test('what cannot be served is said at once', async () => {
    const volume = await openVolume();
    const ask = async (facts: Parameters<typeof makerOf>[1]) =>
      readiness({ volume, facts, reduces: false }, makerOf(volume, facts), { master: masterOf('a', ''), page: 0 }, now);
    const saysAll = (what: { kind: 'unsuitable' | 'unreadable'; reason: string; remedy: string }) => ({
      of: () => Promise.resolve(what),
      header: () => Promise.resolve(what),
    });
    expect(await ask(saysAll({ kind: 'unsuitable', reason: 'r', remedy: 'm' }))).toEqual({
      kind: 'failed',
      reason: 'r',
      remedy: 'm',
    });
    expect(await ask(saysAll({ kind: 'unreadable', reason: 'r', remedy: 'm' }))).toEqual({
      kind: 'unavailable',
      reason: 'r',
    });
  });
});

/** Starts to make a large picture, and waits until something of it is written. */
async function begun() {
  const master = noise('a.tif', 6000);
  const volume = await openVolume();
  const maker = makerOf(volume, saying({ ...grey, width: 6000, height: 6000 }));
  const outcome = maker.want(master, 0, 'tile');
  await expect.poll(() => readdirSync(volume.scratch).length, { timeout: 15_000, interval: 5 }).toBeGreaterThan(1);
  return { master, volume, maker, outcome };
}

/** The programs that we have started and that run. */
function children(): number[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}

describe('faults', () => {
  test.each<[string, (path: string) => void]>([
    [
      'replaced',
      (path) => {
        writeFileSync(`${path}.new`, 'other');
        renameSync(`${path}.new`, path);
      },
    ],
    [
      'removed',
      (path) => {
        rmSync(path);
      },
    ],
    [
      'written to',
      (path) => {
        writeFileSync(path, 'more', { flag: 'a' });
      },
    ],
  ])('the master is %s while its pyramid is made: that is thrown away', async (_, how) => {
    const { master, volume, maker, outcome } = await begun();
    how(join(images(), 'a.tif'));
    expect(await outcome).toEqual({ kind: 'unavailable', reason: 'it is just being written' });
    expect(existsSync(placeOf(master))).toBe(false);
    expect(volume.failures()).toEqual([]);
    expect(readdirSync(volume.scratch)).toEqual(['lock']);
    expect(maker.status().making).toEqual([]);
  });

  test('a child is killed: it is made once more', async () => {
    const { master, outcome } = await begun();
    for (const pid of children()) process.kill(pid, 'SIGKILL');
    expect(await outcome).toEqual({ kind: 'ready' });
    expect(existsSync(placeOf(master))).toBe(true);
  });

  test('children are killed again and again: nothing is remembered, and the next wish tries again', async () => {
    const { master, volume, maker, outcome } = await begun();
    const killing = setInterval(() => {
      for (const pid of children()) process.kill(pid, 'SIGKILL');
    }, 5);
    expect(await outcome).toMatchObject({ kind: 'unavailable' });
    clearInterval(killing);
    expect(readdirSync(volume.scratch)).toEqual(['lock']);
    expect(await maker.want(master, 0, 'folder')).toEqual({ kind: 'ready' });
  });

  test('it is stopped: nothing half stays', async () => {
    const { master, volume, maker, outcome } = await begun();
    await maker.stop();
    expect(await outcome).toMatchObject({ kind: 'unavailable' });
    expect(existsSync(placeOf(master))).toBe(false);
    expect(readdirSync(volume.scratch)).toEqual(['lock']);
  });
});

describe('no room', () => {
  test('the newest wish fails, with words; the sweep takes nobody his place', async () => {
    const [first, second] = [noise('a.tif', 600), noise('b.tif', 600)];
    const volume = await openVolume({ size: 500_000 });
    const maker = makerOf(volume, saying({ ...grey, width: 600, height: 600 }));
    expect(await maker.want(first, 0, 'tile')).toEqual({ kind: 'ready' });
    expect(await maker.want(second, 0, 'sweep')).toEqual(FULL);
    expect(await maker.want(second, 0, 'tile')).toEqual(FULL);
    expect(existsSync(placeOf(first))).toBe(true);
    execFileSync('touch', ['-d', '1 hour ago', placeOf(first).replace('.tif', '.json')]);
    expect(await maker.want(second, 0, 'sweep')).toEqual(FULL);
    expect(await maker.want(second, 0, 'tile')).toEqual({ kind: 'ready' });
    expect([existsSync(placeOf(first)), existsSync(placeOf(second))]).toEqual([false, true]);
  });

  test.runIf(process.getuid?.() === 0 && mayMount())(
    'the disk is full in the middle: nothing half stays, and it goes on when there is room',
    async () => {
      const disk = join(pyramids(), 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', disk]);
      finally_(() => Promise.resolve(void execFileSync('umount', [disk])));
      const master = noise('a.tif', 1200);
      const volume = await openVolume({ volume: disk });
      const maker = makerOf(volume, saying({ ...grey, width: 1200, height: 1200 }), {
        manner: { quality: 100, dotsPerInch: 72 },
      });
      expect(await maker.want(master, 0, 'tile')).toEqual(FULL);
      expect(readdirSync(volume.scratch)).toEqual(['lock']);
      expect(volume.failures()).toEqual([]);
      execFileSync('mount', ['-o', 'remount,size=50m', disk]);
      expect(await maker.want(master, 0, 'tile')).toEqual({ kind: 'ready' });
    },
  );
});

/** Not in every container. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
