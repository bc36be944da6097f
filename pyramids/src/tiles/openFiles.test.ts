import { appendFileSync, copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { smallPyramid } from '../../test/support/smallPyramid.ts';
import { Volume } from '../../test/support/volume.ts';
import { Tiles } from './tiles.ts';

const source = Volume.source();
let volume: Volume;
let tiles: Tiles;

beforeEach(() => {
  volume = new Volume();
  tiles = new Tiles(volume);
});

afterEach(() => {
  vi.useRealTimers();
  tiles.close();
  volume.remove();
});

describe('a file that was opened', () => {
  const ask = () => tiles.of(source, 0, 0, 0, { width: 64, height: 48 });
  const bytes = async () => {
    const tile = await ask();
    return tile.kind === 'tile' ? tile.bytes : tile.kind;
  };

  beforeEach(() => {
    writeFileSync(volume.pyramid(), smallPyramid());
  });

  it('is noticed to be another one after a second', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const before = await bytes();
    writeFileSync(`${volume.pyramid()}.new`, smallPyramid(7));
    renameSync(`${volume.pyramid()}.new`, volume.pyramid());
    vi.setSystemTime(Date.now() + 1000);
    expect(await bytes()).not.toEqual(before);
    await expect.poll(() => volume.open()).toEqual([volume.pyramid()]);
  });

  it('is noticed to be gone, and closed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await ask();
    rmSync(volume.pyramid());
    vi.setSystemTime(Date.now() + 1000);
    expect(await bytes()).toBe('missing');
    await expect.poll(() => volume.open()).toEqual([]);
  });

  it('is noticed to be written to', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await ask();
    appendFileSync(volume.pyramid(), 'more');
    vi.setSystemTime(Date.now() + 1000);
    expect(await bytes()).toBeInstanceOf(Buffer);
    await expect.poll(() => volume.open()).toEqual([volume.pyramid()]);
  });

  it('is opened once by many who ask at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(answers.every(({ kind }) => kind === 'tile')).toBe(true);
    expect(volume.open()).toEqual([volume.pyramid()]);
  });

  it('is read to the end by who has asked before it is closed', async () => {
    const asked = ask();
    tiles.close();
    expect(await asked).toMatchObject({ kind: 'tile' });
    await vi.waitFor(() => {
      expect(volume.open()).toEqual([]);
    });
  });

  it('is closed when nobody has asked for half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    await ask();
    vi.advanceTimersByTime(29_000);
    await ask();
    vi.advanceTimersByTime(29_000);
    expect(volume.open()).toEqual([volume.pyramid()]);
    vi.advanceTimersByTime(3000);
    vi.useRealTimers();
    await vi.waitFor(() => {
      expect(volume.open()).toEqual([]);
    });
  });
});

test('no more files are open than there may be', async () => {
  const sources = Array.from({ length: 300 }, (_, index) => Volume.source(index));
  writeFileSync(volume.master('master.tif'), smallPyramid());
  for (const each of sources) copyFileSync(volume.master('master.tif'), volume.pyramid(each));
  for (const each of sources)
    expect(await tiles.of(each, 0, 0, 0, { width: 9, height: 9 })).toMatchObject({ kind: 'tile' });
  await vi.waitFor(() => {
    expect(volume.open()).toHaveLength(256);
  });
});
