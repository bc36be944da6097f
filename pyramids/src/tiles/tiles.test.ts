import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SIDE, smallPyramid } from '../../test/support/smallPyramid.ts';
import { Volume } from '../../test/support/volume.ts';
import { Tiles } from './tiles.ts';

const all = { width: SIDE, height: SIDE };
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

describe('addresses', () => {
  beforeEach(() => {
    writeFileSync(volume.pyramid(), smallPyramid());
  });

  it.each<[what: string, address: Parameters<Tiles['of']>, kind: string]>([
    ['a tile', [source, 0, 0, 0, { width: 64, height: 48 }], 'tile'],
    ['less than a tile', [source, 0, 0, 0, { width: 1, height: 1 }], 'tile'],
    ['the last pixels of the level', [source, 0, 1, 0, { width: 36, height: 48 }], 'tile'],
    ['more than the level has', [source, 0, 1, 0, { width: 37, height: 48 }], 'missing'],
    ['a tile below the level', [source, 0, 0, 1, { width: 1, height: 1 }], 'missing'],
    ['a level that is not there', [source, 1, 0, 0, { width: 1, height: 1 }], 'missing'],
    ['a pyramid that is not there', [Volume.source(1), 0, 0, 0, all], 'missing'],
    ['more than a tile', [source, 0, 0, 0, { width: 65, height: 48 }], 'invalid'],
    ['nothing', [source, 0, 0, 0, { width: 0, height: 48 }], 'invalid'],
    ['half a pixel', [source, 0, 0, 0, { width: 1.5, height: 48 }], 'invalid'],
    ['a level below 0', [source, -1, 0, 0, all], 'invalid'],
    ['a column that is no number', [source, 0, NaN, 0, all], 'invalid'],
    ['a column far away', [source, 0, Number.MAX_SAFE_INTEGER, 0, all], 'missing'],
    ['the way up', [`ab/../${source}`, 0, 0, 0, all], 'invalid'],
    ['capital letters', [source.toUpperCase(), 0, 0, 0, all], 'invalid'],
    ['a line break behind it', [`${source}\n`, 0, 0, 0, all], 'invalid'],
    ['nothing at all', ['', 0, 0, 0, all], 'invalid'],
  ])('%s', async (_what, address, kind) => {
    expect(await tiles.of(...address)).toMatchObject({ kind });
  });
});

describe('what lies under a name', () => {
  it.each<[what: string, lay: () => void, kind: string]>([
    [
      'a link to a master',
      () => {
        writeFileSync(volume.master('master.tif'), smallPyramid());
        symlinkSync(volume.master('master.tif'), volume.pyramid());
      },
      'tile',
    ],
    [
      'a link through a link within the images',
      () => {
        mkdirSync(volume.master('real'));
        writeFileSync(volume.master('real/master.tif'), smallPyramid());
        symlinkSync('real', volume.master('linked'));
        symlinkSync(volume.master('linked/master.tif'), volume.pyramid());
      },
      'tile',
    ],
    [
      'a link out of both',
      () => {
        writeFileSync(join(volume.folder, 'elsewhere.tif'), smallPyramid());
        symlinkSync(join(volume.folder, 'elsewhere.tif'), volume.pyramid());
      },
      'missing',
    ],
    [
      'a link into a folder whose name only begins so',
      () => {
        mkdirSync(join(volume.folder, 'images2'));
        writeFileSync(join(volume.folder, 'images2/master.tif'), smallPyramid());
        symlinkSync(join(volume.folder, 'images2/master.tif'), volume.pyramid());
      },
      'missing',
    ],
    [
      'a link to nothing',
      () => {
        symlinkSync(volume.master('gone.tif'), volume.pyramid());
      },
      'missing',
    ],
    [
      'a link to itself',
      () => {
        symlinkSync(volume.pyramid(), volume.pyramid());
      },
      'missing',
    ],
    [
      'a folder',
      () => {
        mkdirSync(volume.pyramid());
      },
      'missing',
    ],
    [
      'a pipe',
      () => {
        execFileSync('mkfifo', [volume.pyramid()]);
      },
      'missing',
    ],
    [
      'an empty file',
      () => {
        writeFileSync(volume.pyramid(), '');
      },
      'not native',
    ],
    [
      'half a pyramid',
      () => {
        writeFileSync(volume.pyramid(), smallPyramid().subarray(0, 3000));
      },
      'not native',
    ],
  ])('%s', async (_what, lay, kind) => {
    lay();
    expect(await tiles.of(source, 0, 0, 0, { width: 64, height: 48 })).toMatchObject({ kind });
    if (kind !== 'tile') expect(volume.open()).toEqual([]);
  });
});
