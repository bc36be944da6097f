import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../test/support/bytes.ts';
import { directoryOf, writeTiff, type DirectoryOptions } from '../../../test/support/tiff.ts';
import type { Level } from './level.ts';
import { readLevels } from './levels.ts';
import { entryOf } from './list.ts';

const tile = (index: number) => Buffer.from(`tile ${index}`);
const tilesOf = (count: number) => Array.from({ length: count }, (_, index) => tile(index));
const SUBFILE = 254;
const large: DirectoryOptions = { tags: directoryOf({ width: 600, height: 300 }, 256), tile: tilesOf(6) };
const half: DirectoryOptions = {
  tags: { ...directoryOf({ width: 300, height: 150 }, 256), [SUBFILE]: [1] },
  tile: tilesOf(2),
};
const quarter: DirectoryOptions = {
  tags: { ...directoryOf({ width: 150, height: 75 }, 256), [SUBFILE]: [1] },
  tile: tilesOf(1),
};

const sizes = (levels: readonly Level[]) => levels.map(({ width, height }) => `${width} x ${height}`);
const read = (...pictures: DirectoryOptions[]) => readLevels(bytesOf(writeTiff(pictures)));
const only = async (picture: DirectoryOptions) => (await read(picture))[0];

describe.each([
  ['classic, little-endian', { little: true, big: false }],
  ['classic, big-endian', { little: false, big: false }],
  ['BigTIFF, little-endian', { little: true, big: true }],
  ['BigTIFF, big-endian', { little: false, big: true }],
])('%s', (_name, spelling) => {
  it('levels in the directories that follow', async () => {
    const file = bytesOf(writeTiff([large, half, quarter], spelling));
    const levels = await readLevels(file);
    expect(sizes(levels)).toEqual(['600 x 300', '300 x 150', '150 x 75']);
    const [first] = levels;
    if (first?.kind !== 'jpeg') throw new Error(first?.reason);
    const bytes = Buffer.alloc(await entryOf(file, first.lengths, 4));
    await file.fill(bytes, await entryOf(file, first.offsets, 4));
    expect(bytes).toEqual(tile(4));
  });

  it('levels in the directories below the first', async () => {
    const levels = await readLevels(bytesOf(writeTiff([{ ...large, below: [half, quarter] }], spelling)));
    expect(sizes(levels)).toEqual(['600 x 300', '300 x 150', '150 x 75']);
  });
});

it('of a long list of tiles, each place is read by itself', async () => {
  const picture = { tags: directoryOf({ width: 128 * 300, height: 128 * 30 }, 128), tile: tilesOf(9000) };
  const whole = bytesOf(writeTiff([picture], { little: false, big: true }));
  let largest = 0;
  const file = {
    length: whole.length,
    fill: (into: Buffer, at: number) => {
      largest = Math.max(largest, into.length);
      return whole.fill(into, at);
    },
  };
  const [level] = await readLevels(file);
  if (level?.kind !== 'jpeg') throw new Error(level?.reason);
  const bytes = Buffer.alloc(await entryOf(file, level.lengths, 8999));
  await file.fill(bytes, await entryOf(file, level.offsets, 8999));
  expect(bytes).toEqual(tile(8999));
  expect(largest).toBeLessThan(2000);
});

it('pages, masks and thumbnails of another shape are no levels', async () => {
  const page: DirectoryOptions = { tags: directoryOf({ width: 600, height: 300 }, 256), tile: tilesOf(6) };
  const mask: DirectoryOptions = {
    tags: { ...directoryOf({ width: 300, height: 150 }, 256), [SUBFILE]: [5] },
    tile: tilesOf(2),
  };
  const other: DirectoryOptions = { tags: directoryOf({ width: 500, height: 80 }, 256), tile: tilesOf(2) };
  expect(sizes(await read(large, page, mask, other, half))).toEqual(['600 x 300', '300 x 150']);
});

describe('a level that is not native', () => {
  it.each<[what: string, tags: DirectoryOptions['tags']]>([
    ['deflate', { 259: [8] }],
    ['JPEG of the old kind', { 259: [6] }],
    ['colours apart', { 284: [2] }],
    ['CMYK', { 262: [5], 277: [4], 258: [8, 8, 8, 8] }],
    ['white is zero', { 262: [0], 277: [1], 258: [8] }],
    ['with alpha', { 262: [2], 277: [4], 258: [8, 8, 8, 8] }],
    ['12 bit', { 258: [12, 12, 12] }],
    ['tiles of a side that makes no sense', { 322: [70_000] }],
    ['tiles without a side', { 323: [0] }],
  ])('%s', async (_what, tags) => {
    expect(
      await only({ tags: { ...directoryOf({ width: 200, height: 100 }, 256), ...tags }, tile: tilesOf(1) }),
    ).toMatchObject({
      kind: 'not native',
    });
  });

  it('strips', async () => {
    expect(await only({ tags: directoryOf({ width: 200, height: 100 }, 256) })).toMatchObject({ kind: 'not native' });
  });
});

describe('what makes no sense is told', () => {
  it.each<[what: string, file: Buffer]>([
    ['empty', Buffer.alloc(0)],
    ['something else', Buffer.from('GIF89a and more')],
    ['a version that is none', Buffer.from('II\x2c\0\x08\0\0\0\0\0\0\0')],
    ['the beginning only', writeTiff([large]).subarray(0, 8)],
    ['fewer tiles than there have to be', writeTiff([{ ...large, tile: tilesOf(5) }])],
    ['no size', writeTiff([{ ...large, tags: { ...large.tags, 256: [0] } }])],
    ['tables that are too large', writeTiff([{ ...large, tags: { ...large.tags, 347: Buffer.alloc(20_000) } }])],
    ['no picture', Buffer.from('II*\0\0\0\0\0')],
  ])('%s', async (_what, file) => {
    await expect(readLevels(bytesOf(file))).rejects.toMatchObject({ name: 'Malformed' });
  });

  it('directories in a circle', async () => {
    const file = writeTiff([large]);
    const first = file.readUInt32LE(4);
    file.writeUInt32LE(first, first + 2 + 12 * file.readUInt16LE(first));
    await expect(readLevels(bytesOf(file))).rejects.toThrow('circle');
  });
});
