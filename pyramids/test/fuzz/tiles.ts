import fc from 'fast-check';
import { Malformed } from '../../src/tiles/bytes.ts';
import { frontOf } from '../../src/tiles/jpeg/front.ts';
import { cutTile } from '../../src/tiles/jpeg/cut.ts';
import { readTile } from '../../src/tiles/readTile.ts';
import { readLevels } from '../../src/tiles/tiff/levels.ts';
import { bytesOf } from '../support/bytes.ts';
import { makeJpeg, type JpegShape } from '../support/makeJpeg.ts';
import { directoryOf, writeTiff } from '../support/tiff.ts';
import { damaged } from './damage.ts';

/** Milliseconds; what takes longer makes others wait. */
const PATIENCE = 1000;
const SIDE = 64;
const tile = { width: SIDE, height: SIDE };
const SAMPLINGS: readonly JpegShape['sampling'][] = [
  [[1, 1]],
  [
    [1, 1],
    [1, 1],
    [1, 1],
  ],
  [
    [2, 2],
    [1, 1],
    [1, 1],
  ],
];

/** A JPEG without a picture. */
const TABLES = Buffer.concat([frontOf(undefined, 'ycbcr'), Buffer.from([0xff, 0xd9])]);

const jpegs = SAMPLINGS.flatMap((sampling) =>
  [0, 5].map((restart) => makeJpeg({ ...tile, sampling, restart, tight: restart > 0, seed: restart })),
);

const tiffs = [true, false].flatMap((little) =>
  [true, false].flatMap((big) => [pyramid(little, big, false), pyramid(little, big, true)]),
);

function pyramid(little: boolean, big: boolean, isBelow: boolean): Buffer {
  const tiles = (count: number) =>
    Array.from({ length: count }, (_, index) => jpegs[2 + (index % 4)] ?? Buffer.alloc(0));
  const first = { tags: { ...directoryOf({ width: 230, height: 120 }, SIDE), 347: TABLES }, tile: tiles(8) };
  const smaller = [
    { tags: { ...directoryOf({ width: 115, height: 60 }, SIDE), 254: [1] }, tile: tiles(2) },
    { tags: { ...directoryOf({ width: 58, height: 30 }, SIDE), 254: [1] }, tile: tiles(1) },
  ];
  return writeTiff(isBelow ? [{ ...first, below: smaller }] : [first, ...smaller], { little, big });
}

const side = fc.integer({ min: 1, max: SIDE });

/** A JPEG is cut, or it is told why not; what was cut is a JPEG that can be cut again, and it is the same in two steps. */
export const cutting = fc.property(damaged(jpegs), side, side, side, side, (jpeg, a, b, c, d) => {
  const sizes = [
    { width: Math.max(a, b), height: Math.max(c, d) },
    { width: Math.min(a, b), height: Math.min(c, d) },
  ] as const;
  const cut = (from: Buffer, was: typeof tile, size: typeof tile) => cutTile(Buffer.from(from), 2, was, size);
  const [large, small] = sizes;
  const first = unlessMalformed(() => cut(jpeg, tile, large));
  if (first?.kind !== 'jpeg' || (large.width === SIDE && large.height === SIDE)) return;
  checkWhole(first.bytes);
  // What is only shortened by the numbers in its head has not been read.
  const second = unlessMalformed(() => cut(first.bytes, large, small));
  const once = unlessMalformed(() => cut(jpeg, tile, small));
  if (large.width <= SIDE - 16 && second?.kind !== 'jpeg') throw new Error('what was cut cannot be cut again');
  if (second?.kind === 'jpeg' && once?.kind === 'jpeg' && !isSameData(second.bytes, once.bytes))
    throw new Error('in two steps it is cut in another way');
});

/** Of a TIFF every question gets its answer. */
export const reading = fc.asyncProperty(
  damaged(tiffs),
  fc.record({ level: fc.nat(3), column: fc.nat(4), row: fc.nat(2), width: side, height: side }),
  async (tiff, { level, column, row, width, height }) => {
    const start = performance.now();
    try {
      const levels = await readLevels(bytesOf(tiff));
      const answer = await readTile(bytesOf(tiff), levels[level], { column, row }, { width, height });
      if (answer.kind === 'tile') checkWhole(answer.bytes);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
    if (performance.now() - start > PATIENCE) throw new Error('it took too long');
  },
);

function unlessMalformed<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function checkWhole(jpeg: Buffer): void {
  if (jpeg.readUInt16BE() !== 0xffd8 || jpeg.readUInt16BE(jpeg.length - 2) !== 0xffd9) throw new Error('no whole JPEG');
}

/** Tables may have been replaced in one of the two ways only. */
function isSameData(one: Buffer, other: Buffer): boolean {
  return one.equals(other) || tablesIn(one) !== tablesIn(other);
}

function tablesIn(jpeg: Buffer): number {
  return jpeg.toString('latin1').split('\xff\xc4').length;
}
