import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';
import type { Dimensions } from './geometry.ts';
import { onFullImage, splitTier, tierIdentifier, tierOf } from './tier.ts';

describe('the identifier of a tier', () => {
  it('is that of the image, and the pixels of its longer side', () => {
    expect(tierIdentifier('maps!a.tif', 600)).toBe('maps!a.tif!!600');
    expect(splitTier('maps!a.tif!!600')).toEqual({ identifier: 'maps!a.tif', tier: 600 });
  });

  it.each(['maps!a.tif', 'a!600', 'a!!6', 'a!!600000', 'a!!', '!!600', 'a!!6x', 'a%21%21600'])(
    'is not %s',
    (identifier) => {
      expect(splitTier(identifier)).toEqual({ identifier, tier: undefined });
    },
  );
});

/** A file with so many levels, each half of the one before, rounded down. */
function floors({ width, height }: Dimensions, levels: number) {
  const halves = Array.from({ length: levels }, (_, k) => ({ width: width >> k, height: height >> k }));
  return { tile: { width: 256, height: 256 }, levels: halves, native: true };
}

describe('the pixels of a tier', () => {
  const side = fc.integer({ min: 1, max: 100_000 });
  const pixels = fc.integer({ min: 16, max: 4999 });
  const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };
  const levelsOf = fc.integer({ min: 1, max: 12 });

  it('row 45: are those of a level of the pyramid, which has no more of them; or of one picture', () => {
    fc.assert(
      fc.property(side, side, pixels, levelsOf, fc.boolean(), (width, height, tier, levels, made) => {
        const image = { width, height };
        const pyramid = made ? pyramidOf(image) : floors(image, levels);
        const small = tierOf(image, pyramid, tier, limits, true);
        const longer = Math.max(small.width, small.height);
        expect(longer).toBeLessThanOrEqual(tier);
        if (small.kind === 'picture') {
          expect(longer).toBe(Math.min(tier, Math.max(width, height)));
          expect(small.halvings).toBe(0);
        } else {
          const round = made ? Math.ceil : Math.floor;
          const halved = (length: number, halvings: number): number => round(length / 2 ** halvings);
          expect(small.halvings).toBeLessThan(pyramid.levels.length);
          expect([small.width, small.height]).toEqual([width, height].map((one) => halved(one, small.halvings)));
          if (small.halvings > 0) expect(halved(Math.max(width, height), small.halvings - 1)).toBeGreaterThan(tier);
        }
      }),
    );
  });

  it.each([
    [{ width: 6000, height: 4000 }, 6, 600, { kind: 'level', halvings: 4, width: 375, height: 250 }],
    [{ width: 6000, height: 4000 }, 1, 600, { kind: 'picture', halvings: 0, width: 600, height: 400 }],
    [{ width: 6000, height: 4000 }, 3, 600, { kind: 'picture', halvings: 0, width: 600, height: 400 }],
    [{ width: 500, height: 400 }, 1, 600, { kind: 'level', halvings: 0, width: 500, height: 400 }],
    [{ width: 6000, height: 3 }, 6, 600, { kind: 'picture', halvings: 0, width: 600, height: 1 }],
  ])('%o of %i levels, at most %i', (image, levels, tier, wanted) => {
    expect(tierOf(image, floors(image, levels), tier, limits, true)).toEqual(wanted);
  });

  it('are tiles and one picture where the image server does not draw from levels; else one picture', () => {
    const image = { width: 6000, height: 4000 };
    const made = pyramidOf(image);
    const wanted = { kind: 'tiles', halvings: 3, width: 750, height: 500 };
    expect(tierOf(image, made, 800, limits, false)).toEqual(wanted);
    expect(tierOf(image, { ...made, native: false }, 800, limits, false)).toMatchObject({
      kind: 'picture',
      width: 800,
    });
  });

  it('one picture is within the limits, and as large as the image server can make it', () => {
    const image = { width: 60_000, height: 400 };
    const flat = floors(image, 1);
    expect(tierOf(image, flat, 9000, { ...limits, smallest: 2 }, true)).toMatchObject({ width: 5000, height: 33 });
    expect(tierOf(image, flat, 100, { ...limits, smallest: 2 }, true)).toMatchObject({ width: 100, height: 2 });
  });

  it('row 45: lie inside the full image, and each stands for as many as in the whole', () => {
    const part = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(side, side, pixels, part, part, part, part, (width, height, tier, left, top, right, bottom) => {
        const image = { width, height };
        const small = tierOf(image, floors(image, 20), tier, limits, true);
        fc.pre(small.kind === 'level');
        const [x, y] = [Math.floor(left * small.width), Math.floor(top * small.height)];
        const region = {
          x,
          y,
          width: 1 + Math.floor(right * (small.width - x)),
          height: 1 + Math.floor(bottom * (small.height - y)),
        };
        const full = onFullImage(region, small, image);
        expect(full.x + full.width).toBeLessThanOrEqual(width);
        expect(full.y + full.height).toBeLessThanOrEqual(height);
        expect(full.width).toBeGreaterThanOrEqual(region.width * 2 ** small.halvings);
        expect(full.height).toBeGreaterThanOrEqual(region.height * 2 ** small.halvings);
      }),
    );
  });
});
