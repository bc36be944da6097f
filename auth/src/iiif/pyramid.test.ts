import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';
import type { Dimensions } from './geometry.ts';
import { isOneTile, tileOf, tileOfWidth, type Pyramid, type PyramidTile } from './pyramid.ts';
import { pyramidShown, tierOf } from './tier.ts';
import { tilingOf } from './tiling.ts';

const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };
const side = fc.integer({ min: 1, max: 60_000 });
const part = fc.double({ min: 0, max: 0.9999, noNaN: true });

/** A tile as viewers ask for it: by `tiles` of an info.json, at one of its scales. */
function asked(picture: Dimensions, pyramid: Pyramid, [scale, across, down]: readonly [number, number, number]) {
  const [{ width, height, scaleFactors }] = tilingOf(picture, pyramid, limits).tiles;
  const factor = scaleFactors[Math.floor(scale * scaleFactors.length)] ?? 1;
  const place = (length: number, step: number, at: number) => Math.floor(Math.ceil(length / step) * at) * step;
  const x = place(picture.width, width * factor, across);
  const y = place(picture.height, height * factor, down);
  const region = {
    x,
    y,
    width: Math.min(width * factor, picture.width - x),
    height: Math.min(height * factor, picture.height - y),
  };
  return { region, size: { width: Math.ceil(region.width / factor), height: Math.ceil(region.height / factor) } };
}

function liesIn({ tile, levels }: Pyramid, { level, column, row, width, height }: PyramidTile): boolean {
  const stored = levels[level] ?? { width: 0, height: 0 };
  const isPartOfTile = width <= tile.width && height <= tile.height;
  const right = column * tile.width + width;
  return isPartOfTile && right <= stored.width && row * tile.height + height <= stored.height;
}

describe('what the info.json of a pyramid that is made offers', () => {
  it('are tiles as they are stored, each of them', () => {
    fc.assert(
      fc.property(side, side, part, part, part, (width, height, ...where) => {
        const [picture, pyramid] = [{ width, height }, pyramidOf({ width, height })];
        const wanted = asked(picture, pyramid, where);
        const tile = tileOf(picture, pyramid, wanted);
        expect(tile && liesIn(pyramid, tile)).toBe(true);
        expect(tile).toMatchObject(wanted.size);
      }),
    );
  });

  it('and so are its sizes of one tile; of a tier, too', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 16, max: 4000 }), (width, height, pixels) => {
        const [image, pyramid] = [{ width, height }, pyramidOf({ width, height })];
        const tier = tierOf(image, pyramid, pixels, limits, false);
        for (const shown of [undefined, tier]) {
          const own = pyramidShown(pyramid, shown);
          if (!own) continue;
          const { width: right, height: lower } = shown ?? image;
          const region = { x: 0, y: 0, width: right, height: lower };
          for (const size of tilingOf(region, own, limits).sizes.filter((one) => isOneTile(one, own))) {
            expect(tileOf(region, own, { region, size })).toMatchObject({ column: 0, row: 0, ...size });
          }
        }
      }),
    );
  });
});

describe('no tile as it is stored', () => {
  const picture = { width: 6001, height: 4003 };
  const made = pyramidOf(picture);
  const cell = { x: 0, y: 0, width: 1024, height: 1024 };
  const tile = { width: 512, height: 512 };

  it('is what lies beside the grid, has another size, or is of a file whose tiles are no JPEG', () => {
    expect(tileOf(picture, made, { region: cell, size: tile })).toEqual({ level: 1, column: 0, row: 0, ...tile });
    expect(tileOf(picture, made, { region: { ...cell, x: 1 }, size: tile })).toBeUndefined();
    expect(tileOf(picture, made, { region: { ...cell, x: 512 }, size: tile })).toBeUndefined();
    expect(tileOf(picture, made, { region: { ...cell, width: 1000 }, size: tile })).toBeUndefined();
    expect(tileOf(picture, made, { region: cell, size: { width: 512, height: 511 } })).toBeUndefined();
    expect(tileOf(picture, { ...made, native: false }, { region: cell, size: tile })).toBeUndefined();
  });

  it('is one that a level, rounded down, has not whole: the size that it has is', () => {
    const levels = [picture, { width: 3000, height: 2001 }, { width: 1500, height: 1000 }];
    const fit = { tile: { width: 256, height: 256 }, levels, native: true };
    const region = { x: 5632, y: 3584, width: 369, height: 419 };
    expect(tileOf(picture, fit, { region, size: { width: 185, height: 210 } })).toBeUndefined();
    expect(tileOf(picture, fit, { region, size: { width: 184, height: 209 } })).toMatchObject({ column: 11, row: 7 });
  });
});

describe('tileOfWidth', () => {
  const picture = { width: 8193, height: 8192 };
  const levels = [0, 1, 2, 3, 4, 5].map((level) => ({
    width: Math.ceil(picture.width / 2 ** level),
    height: Math.ceil(picture.height / 2 ** level),
  }));
  const pyramid = { tile: { width: 512, height: 512 }, levels, native: false };

  it('has the height of the level where the region is narrow', () => {
    const region = { x: 8192, y: 0, width: 1, height: 8192 };
    expect(tileOfWidth(picture, pyramid, { region, width: 1 })).toMatchObject({ width: 1, height: 512 });
  });

  it('is nothing for a region off the grid, another width, and the whole picture', () => {
    const region = { x: 8192, y: 1, width: 1, height: 8191 };
    expect(tileOfWidth(picture, pyramid, { region, width: 1 })).toBeUndefined();
    expect(tileOfWidth(picture, pyramid, { region: { ...region, y: 0, height: 8192 }, width: 2 })).toBeUndefined();
    expect(tileOfWidth(picture, pyramid, { region: { x: 0, y: 0, ...picture }, width: 257 })).toBeUndefined();
  });
});
