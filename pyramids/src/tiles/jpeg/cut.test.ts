import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { makeJpeg, type JpegShape } from '../../../test/support/makeJpeg.ts';
import { readJpeg } from '../../../test/support/readJpeg.ts';
import { cutTile } from './cut.ts';

const SAMPLINGS = {
  gray: [[1, 1]],
  'gray that says 2x2': [[2, 2]],
  '4:4:4': [
    [1, 1],
    [1, 1],
    [1, 1],
  ],
  '4:2:2': [
    [2, 1],
    [1, 1],
    [1, 1],
  ],
  '4:4:0': [
    [1, 2],
    [1, 1],
    [1, 1],
  ],
  '4:2:0': [
    [2, 2],
    [1, 1],
    [1, 1],
  ],
  '4:1:1': [
    [4, 1],
    [1, 1],
    [1, 1],
  ],
} as const;
const plain: JpegShape = { width: 70, height: 50, sampling: SAMPLINGS['4:2:0'], restart: 0, tight: false, seed: 1 };

/** What is cut out of it. */
function cut(shape: JpegShape, size: { width: number; height: number }): Buffer {
  const reading = cutTile(makeJpeg(shape), 2, shape, size);
  if (reading.kind !== 'jpeg') throw new Error(reading.reason);
  return reading.bytes;
}

describe.each(Object.entries(SAMPLINGS))('%s', (_name, sampling) => {
  const unit = (side: 0 | 1) => 8 * (sampling.length === 1 ? 1 : sampling[0][side]);

  it('has after the cut the values that it had, to the last one', () => {
    const side = fc.integer({ min: 1, max: 70 });
    const restart = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(side, side, side, side, restart, fc.boolean(), fc.integer(), (a, b, c, d, restarts, tight, seed) => {
        const shape = { width: Math.max(a, b), height: Math.max(c, d), sampling, restart: restarts, tight, seed };
        const size = { width: Math.min(a, b), height: Math.min(c, d) };
        const { width, height, units } = readJpeg(cut(shape, size));
        const all = readJpeg(makeJpeg(shape)).units;
        expect({ width, height }).toEqual(size);
        expect(units).toEqual(
          all.slice(0, Math.ceil(size.height / unit(1))).map((row) => row.slice(0, Math.ceil(size.width / unit(0)))),
        );
      }),
      { numRuns: 40 },
    );
  });
});

test('where the cut is within the last unit, the picture is what it was but for its size', () => {
  const jpeg = makeJpeg(plain);
  const result = cut(plain, { width: 66, height: 49 });
  expect(result.length).toBe(jpeg.length);
  expect(result.filter((byte, index) => byte !== jpeg[index]).length).toBe(2);
});

test('a difference that has no code in a table made for this tile is written with a table that has all', () => {
  const shape = { ...plain, sampling: SAMPLINGS.gray, width: 24, height: 24, tight: true };
  const longer = Array.from({ length: 40 }, (_, seed) => cut({ ...shape, seed }, { width: 8, height: 24 })).filter(
    (result) => result.indexOf(Buffer.from([0xff, 0xc4]), result.lastIndexOf(Buffer.from([0xff, 0xc0]))) !== -1,
  );
  expect(longer.length).toBeGreaterThan(0);
});

describe('what is not baseline in one scan is not native', () => {
  const changed = (change: (jpeg: Buffer, frame: number, scan: number) => void) => {
    const jpeg = makeJpeg(plain);
    change(jpeg, jpeg.indexOf(Buffer.from([0xff, 0xc0, 0])), jpeg.indexOf(Buffer.from([0xff, 0xda, 0])));
    return cutTile(jpeg, 2, plain, plain);
  };

  it.each([0xc2, 0xc3, 0xc5, 0xc9, 0xca, 0xcb])('marker %i', (marker) => {
    expect(changed((jpeg, frame) => jpeg.writeUInt8(marker, frame + 1))).toMatchObject({ kind: 'not native' });
  });

  it('12 bit', () => {
    expect(changed((jpeg, frame) => jpeg.writeUInt8(12, frame + 4))).toMatchObject({ kind: 'not native' });
  });

  it('a scan of one colour only', () => {
    expect(changed((jpeg, _frame, scan) => jpeg.writeUInt8(1, scan + 4))).toMatchObject({ kind: 'not native' });
  });
});

test('what a program wrote about colours, and remarks, are left out of what is sent', () => {
  const jpeg = makeJpeg(plain);
  const remarks = Buffer.from([
    0xff,
    0xee,
    0,
    14,
    ...Buffer.from('Adobe'),
    0,
    100,
    0,
    0,
    0,
    0,
    1,
    0xff,
    0xfe,
    0,
    3,
    33,
  ]);
  const reading = cutTile(Buffer.concat([jpeg.subarray(0, 2), remarks, jpeg.subarray(2)]), 2, plain, plain);
  expect(reading).toEqual({ kind: 'jpeg', bytes: jpeg });
});

test('bytes behind the end are left out', () => {
  const jpeg = makeJpeg(plain);
  expect(cutTile(Buffer.concat([jpeg, Buffer.from([0])]), 2, plain, plain)).toEqual({ kind: 'jpeg', bytes: jpeg });
});

describe('what is damaged is told', () => {
  it.each<[what: string, change: (jpeg: Buffer) => Buffer]>([
    ['it ends within the head', (jpeg) => jpeg.subarray(0, 100)],
    [
      'it ends within the data',
      (jpeg) => Buffer.concat([jpeg.subarray(0, jpeg.length / 2), Buffer.from([0xff, 0xd9])]),
    ],
    ['it has no end', (jpeg) => jpeg.subarray(0, -2)],
    [
      'it has no tables',
      (jpeg) => Buffer.concat([jpeg.subarray(0, 2), jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xc0, 0])))]),
    ],
    ['it is of another size', (jpeg) => (jpeg.writeUInt16BE(51, jpeg.indexOf(Buffer.from([0xff, 0xc0, 0])) + 5), jpeg)],
  ])('%s', (_what, change) => {
    expect(() => cutTile(change(makeJpeg(plain)), 2, plain, { width: 20, height: 50 })).toThrow(/tile|JPEG/);
  });
});
