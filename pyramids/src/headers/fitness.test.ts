import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jpeg, profile } from '../../test/support/pictures.ts';
import { headerOf } from '../../test/support/reading.ts';
import {
  directoryOf,
  pyramid,
  writeTiff,
  type DirectoryOptions,
  type Layout,
  type PyramidOptions,
} from '../../test/support/tiff.ts';
import { fitnessOf, type ImageServerName } from './fitness.ts';

type Options = PyramidOptions & Layout;
type Tags = DirectoryOptions['tags'];

const fitness = async (options: Options | Buffer, server: ImageServerName = 'iipsrv') =>
  fitnessOf(await headerOf(Buffer.isBuffer(options) ? options : pyramid(options), 'tiff'), server);

const GREY: Tags = { 258: [8], 262: [1], 277: [1] };
const RGB: Tags = { 262: [2] };
const both = ['iipsrv', 'digilib'] as const;

describe('fit', () => {
  it.each<[string, Options, readonly ImageServerName[], boolean]>([
    ['JPEG, YCbCr', {}, both, true],
    ['JPEG, RGB', { all: RGB }, both, true],
    ['JPEG, grey', { all: GREY }, both, true],
    ['no compression', { all: { ...RGB, 259: [1] } }, both, false],
    ['LZW, with differences', { all: { ...RGB, 259: [5], 317: [2] } }, both, false],
    ['deflate, grey', { all: { ...GREY, 259: [8] } }, both, false],
    ['deflate by its old number', { all: { ...RGB, 259: [32_946] } }, both, false],
    ['WebP', { all: { ...RGB, 259: [50_001] } }, ['iipsrv'], false],
    ['BigTIFF', { big: true }, ['iipsrv'], true],
    ['numbers the other way round', { little: false }, both, true],
    ['sRGB', { tags: { 34_675: profile() } }, both, true],
    [
      'a profile of other colours than it has',
      { tags: { 34_675: profile({ space: 'GRAY', gamma: 1.8 }) } },
      both,
      true,
    ],
    ['levels below its directory', { subDirectories: true }, ['digilib'], true],
    ['tiles of 1024', { tile: 1024 }, both, true],
    ['not larger than a tile', { width: 200, height: 100 }, both, true],
    ['not much larger than a tile', { width: 500, height: 100, levels: [] }, both, true],
    ['one pixel high', { width: 200, height: 1 }, ['iipsrv'], true],
    ['levels rounded up', { width: 1001, height: 700, levels: [{ width: 501, height: 350 }] }, both, true],
  ])('%s', async (_, options, servers, native) => {
    for (const server of both) {
      const { kind } = await fitness(options, server);
      expect(kind, server).toBe(servers.includes(server) ? 'fit' : 'made');
    }
    expect(await fitness(options, servers[0])).toMatchObject({ kind: 'fit', native });
  });

  it('with the levels and tiles that it has', async () => {
    expect(await fitness({ width: 1001, height: 700 })).toEqual({
      kind: 'fit',
      tile: { width: 256, height: 256 },
      levels: [
        { width: 1001, height: 700 },
        { width: 500, height: 350 },
        { width: 250, height: 175 },
      ],
      native: true,
    });
  });
});

const page = (tags: Tags = {}): DirectoryOptions => ({ tags: { ...directoryOf({ width: 900, height: 90 }), ...tags } });
const sizes = (...pairs: [number, number][]) => pairs.map(([width, height]) => ({ width, height }));

describe('not fit', () => {
  it.each<[string, Options | Buffer, ImageServerName?]>([
    ['in tiles', writeTiff([page()])],
    ['one picture and nothing beside it', { more: [page()] }],
    ['one picture and nothing beside it', { more: [page({ 254: [4] })] }],
    ['grey or RGB of 8 bits, without alpha', { all: { ...RGB, 258: [16, 16, 16] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { ...RGB, 258: [8, 8, 8, 8], 277: [4], 338: [2] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { ...RGB, 277: [4], 258: [8] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { ...GREY, 262: [0] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { ...GREY, 262: [3], 259: [5] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { ...GREY, 258: [1], 259: [4] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { 262: [5], 277: [4], 258: [8] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { 262: [8] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { 259: [5] } }],
    ['grey or RGB of 8 bits, without alpha', { all: { ...RGB, 259: [5], 339: [2] } }],
    ['upright', { tags: { 274: [6] } }],
    ['sRGB or without a profile', { tags: { 34_675: profile({ gamma: 2.2 }) } }],
    ['sRGB or without a profile', { all: { ...GREY, 34_675: profile({ space: 'GRAY', gamma: 1.8 }) } }],
    ['compressed as this image server shows it', { all: { ...RGB, 259: [32_773] } }],
    ['compressed as this image server shows it', { all: { ...RGB, 259: [33_004] } }],
    ['compressed as this image server shows it', { all: { ...RGB, 259: [6] } }],
    ['compressed as this image server shows it', { all: { ...RGB, 259: [5], 317: [3] } }],
    ['compressed as this image server shows it', { all: { ...RGB, 259: [50_001] } }, 'digilib'],
    ['WebP of colours', { all: { ...GREY, 259: [50_001] } }],
    ['with samples that lie together', { all: { ...RGB, 259: [5], 284: [2] } }],
    ['in square tiles of 128 to 1024 pixels', { tile: 64 }],
    ['in square tiles of 128 to 1024 pixels', { tile: 240 }],
    ['in square tiles of 128 to 1024 pixels', { tile: 2048 }],
    ['in square tiles of 128 to 1024 pixels', { all: { 322: [512] } }],
    ['a TIFF that this image server opens', { big: true }, 'digilib'],
    ['wider and higher than a pixel', { width: 1, height: 200 }, 'digilib'],
    ['in tiles of one size', { ofLevels: { 322: [128], 323: [128] } }],
    ['in tiles of one size', { ofLevels: { 322: undefined, 323: undefined } }],
    ['a pyramid of equal pictures', { all: RGB, ofLevels: { 262: [6] } }],
    ['a pyramid of equal pictures', { ofLevels: { 259: [5], 262: [2] } }],
    ['a pyramid of halves', { width: 1000, height: 1000, levels: sizes([300, 300], [150, 150]) }],
    ['a pyramid of halves', { width: 1000, height: 1000, levels: sizes([500, 500], [125, 125]) }],
    ['a pyramid down to about a tile', { levels: [] }],
    ['a pyramid down to about a tile', { levels: sizes([3000, 2000], [1500, 1000]) }],
    ['a pyramid down to about a tile', { subDirectories: true }],
    ['a pyramid with every tile that is asked for', { width: 1025, height: 700 }],
    ['a pyramid with every tile that is asked for', { width: 700, height: 2050 }],
    ['whole', { tags: { 325: undefined } }],
    ['whole', { width: 200, height: 100, tags: { 325: Buffer.from([30]) } }],
  ])('that is not %s (%#)', async (lacks, options, server) => {
    expect(await fitness(options, server)).toEqual({ kind: 'made', lacks });
  });

  it('where its last tiles are not in the file any more', async () => {
    const file = writeTiff([
      { tags: { ...directoryOf({ width: 300, height: 200 }, 256), 324: [8, 60_000], 325: [40, 40] } },
    ]);
    expect(await fitness(file)).toEqual({ kind: 'made', lacks: 'whole' });
  });

  it('where its tiles are JPEG of a kind that is not cut without being decoded', async () => {
    const tile = jpeg({ width: 256, height: 256, process: 2 });
    const file = writeTiff([{ tags: directoryOf({ width: 200, height: 100 }, 256), tile }]);
    expect(await fitness(file)).toEqual({ kind: 'made', lacks: 'whole' });
  });
});

it('of what is fit every level has every tile of the grid of the whole picture', async () => {
  const side = fc.integer({ min: 1, max: 3000 });
  await fc.assert(
    fc.asyncProperty(side, side, async (width, height) => {
      const fit = await fitness({ width, height });
      if (fit.kind === 'made') return;
      for (const [k, level] of fit.levels.entries()) {
        expect(Math.ceil(level.width / 256)).toBe(Math.ceil(width / (256 * 2 ** k)));
        expect(Math.ceil(level.height / 256)).toBe(Math.ceil(height / (256 * 2 ** k)));
      }
    }),
    { numRuns: 60 },
  );
});
