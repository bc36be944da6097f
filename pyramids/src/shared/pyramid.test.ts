import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pyramidOf, TILE } from './pyramid.ts';

test('6001 x 4003 pixels: five levels, down to one tile', () => {
  expect(pyramidOf({ width: 6001, height: 4003 }).levels).toEqual([
    { width: 6144, height: 4096 },
    { width: 3072, height: 2048 },
    { width: 1536, height: 1024 },
    { width: 768, height: 512 },
    { width: 384, height: 256 },
  ]);
});

test('every level holds the whole picture, rounded up, in whole blocks; the last one is one tile', () => {
  const side = fc.integer({ min: 1, max: 200_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { levels } = pyramidOf({ width, height });
      const held = levels.every(
        (level, k) =>
          level.width >= Math.ceil(width / 2 ** k) &&
          level.height >= Math.ceil(height / 2 ** k) &&
          level.width % 16 === 0 &&
          level.height % 16 === 0,
      );
      const last = Math.ceil(Math.max(width, height) / 2 ** (levels.length - 1));
      return held && last <= TILE && (levels.length === 1 || last > TILE / 2);
    }),
  );
});
