import { expect, it } from 'vitest';
import { profile } from '../../test/support/pictures.ts';
import { headerOf, read } from '../../test/support/reading.ts';
import { directoryOf, pyramid, writeTiff, type DirectoryOptions } from '../../test/support/tiff.ts';
import { MOST_PAGES } from './tiff.ts';

const sizes = (...pairs: [number, number][]) => pairs.map(([width, height]) => ({ width, height }));
const page = (width: number, height: number, tags: DirectoryOptions['tags'] = {}): DirectoryOptions => ({
  tags: { ...directoryOf({ width, height }), ...tags },
});

it.each([
  { little: true, big: false },
  { little: false, big: false },
  { little: true, big: true },
  { little: false, big: true },
])('a pyramid: its levels, in each spelling of numbers (%o)', async (layout) => {
  const header = await headerOf(pyramid({ width: 1001, height: 700, ...layout }), 'tiff');
  expect(header).toMatchObject({ big: layout.big, others: 0, raw: false });
  expect(header.pages).toMatchObject([
    { width: 1001, height: 700, directory: 0, bits: [8, 8, 8], compression: 7, tile: { width: 256 }, whole: true },
  ]);
  const alike = { tile: { width: 256, height: 256 }, alike: true, whole: true };
  expect(header.pages[0]?.levels).toEqual(sizes([500, 350], [250, 175]).map((size) => ({ ...size, ...alike })));
});

it('a pyramid below its directory', async () => {
  const { pages } = await headerOf(pyramid({ width: 1001, height: 700, subDirectories: true }), 'tiff');
  expect(pages[0]?.levels).toEqual([]);
  expect(pages[0]?.below).toMatchObject(sizes([500, 350], [250, 175]));
  expect(pages[0]?.below.every(({ alike, whole }) => alike && whole)).toBe(true);
});

it('pages: what is larger than the directory before it is another one; each has its own levels', async () => {
  const { pages, others } = await headerOf(
    writeTiff([page(700, 500), page(350, 250), page(800, 600), page(700, 100), page(350, 50)]),
    'tiff',
  );
  expect(pages).toMatchObject([
    { directory: 0, levels: sizes([350, 250]) },
    { directory: 2, levels: [] },
    { directory: 3, levels: sizes([350, 50]) },
  ]);
  expect(others).toBe(0);
});

it('thumbnails and masks are no pages, wherever they stand', async () => {
  const thumbnail = page(160, 120, { 254: [1] });
  const { pages, others } = await headerOf(
    writeTiff([thumbnail, page(700, 500), page(700, 500, { 254: [4] }), page(350, 250, { 254: [4] }), page(90, 900)]),
    'tiff',
  );
  expect(pages.map(({ directory }) => directory)).toEqual([1, 4]);
  expect(others).toBe(3);
  expect((await headerOf(writeTiff([thumbnail, thumbnail]), 'tiff')).pages).toHaveLength(1);
});

it('of each page what its tags say: orientation, profile, samples', async () => {
  const { pages } = await headerOf(
    writeTiff([
      page(70, 50, { 274: [6], 34675: profile() }),
      page(71, 50, { 262: [5], 277: [4], 258: [8, 8, 8, 8], 34675: profile({ space: 'CMYK' }) }),
      page(72, 50, { 277: [4], 258: [16], 338: [2], 339: [3, 3, 3, 3], 284: [2] }),
    ]),
    'tiff',
  );
  expect(pages).toMatchObject([
    { orientation: 6, profile: { space: 'RGB ', srgb: true } },
    { orientation: 1, photometric: 5, profile: { space: 'CMYK', srgb: false } },
    { samples: 4, bits: [16], extraSamples: [2], sampleFormats: [3], planar: 2, profile: undefined },
  ]);
});

it('what a camera saw is none: by its version, or by what lies below', async () => {
  const raw = async (directory: DirectoryOptions) => (await headerOf(writeTiff([directory]), 'tiff')).raw;
  expect(await raw(page(70, 50))).toBe(false);
  expect(await raw(page(70, 50, { 50706: Buffer.from([1, 4, 0, 0]) }))).toBe(true);
  expect(await raw(page(70, 50, { 262: [34892] }))).toBe(true);
  expect(await raw({ ...page(70, 50, { 254: [1] }), below: [page(7000, 5000, { 262: [32803] })] })).toBe(true);
});

it('a picture is whole when all of its tiles lie in the file, and are what they are said to be', async () => {
  const whole = async (file: Buffer) => (await headerOf(file, 'tiff')).pages.map((one) => one.whole)[0];
  expect(await whole(pyramid())).toBe(true);
  const shapes = { tags: { ...directoryOf({ width: 300, height: 200 }, 256), 324: [8, 8], 325: [4, 900_000] } };
  expect(await whole(writeTiff([shapes]))).toBe(false);
  expect(await whole(pyramid({ tags: { 325: undefined } }))).toBe(false);
  expect(await whole(pyramid({ width: 100, height: 100, tags: { 324: [0], 325: [0] } }))).toBe(false);
  // The tile is a JPEG of 256 pixels.
  expect(await whole(pyramid({ width: 100, height: 100, tags: { 322: [128], 323: [128] } }))).toBe(false);
  expect(await whole(pyramid({ all: { 259: [5] }, tags: { 322: [512], 323: [512] } }))).toBe(true);
});

it('directories in a circle, and more pages than any book has', async () => {
  const circle = writeTiff([page(70, 50)]);
  circle.writeUInt32LE(circle.readUInt32LE(4), circle.length - 4);
  expect((await read(circle)).reading).toEqual({ kind: 'damaged', reason: 'its directories go round in a circle' });
  const book = writeTiff(Array.from({ length: MOST_PAGES }, () => page(70, 50)));
  expect((await headerOf(book, 'tiff')).pages).toHaveLength(MOST_PAGES);
  const { reading, cost } = await read(
    writeTiff(Array.from({ length: 65_535 }, () => ({ tags: { 256: [9], 257: [7] } }))),
  );
  expect(reading).toEqual({ kind: 'excessive', reason: 'it holds more than 5000 pages' });
  expect(cost.bytes).toBeLessThan(400_000);
});

it('a picture of more tiles than it has', async () => {
  const tags = { ...directoryOf({ width: 2_000_000_000, height: 2_000_000_000 }, 256), 324: [8], 325: [4] };
  const giant = writeTiff([{ tags }]);
  expect((await read(giant)).reading).toEqual({ kind: 'damaged', reason: 'it has fewer tiles than its size needs' });
});
