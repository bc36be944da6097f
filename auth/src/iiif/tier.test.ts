import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onFullImage, splitTier, tierDimensions, tierIdentifier } from './tier.ts';

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

describe('the pixels of a tier', () => {
  const side = fc.integer({ min: 1, max: 100_000 });
  const tiers = fc.integer({ min: 16, max: 10_000 });

  it('are those of its longer side at most, and never more than there are', () => {
    fc.assert(
      fc.property(side, side, tiers, (width, height, tier) => {
        const small = tierDimensions({ width, height }, tier);
        expect(Math.max(small.width, small.height)).toBe(Math.min(tier, Math.max(width, height)));
        expect(small.width).toBeLessThanOrEqual(width);
        expect(small.height).toBeLessThanOrEqual(height);
      }),
    );
  });

  it('row 45: lie inside the full image, and each stands for at least as many as in the whole', () => {
    const part = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(side, side, tiers, part, part, part, part, (width, height, tier, left, top, right, bottom) => {
        const image = { width, height };
        const small = tierDimensions(image, tier);
        const [x, y] = [Math.floor(left * small.width), Math.floor(top * small.height)];
        const region = {
          x,
          y,
          width: 1 + Math.floor(right * (small.width - x)),
          height: 1 + Math.floor(bottom * (small.height - y)),
        };
        const full = onFullImage(region, small, image);
        expect(full.x).toBeGreaterThanOrEqual(0);
        expect(full.y).toBeGreaterThanOrEqual(0);
        expect(full.x + full.width).toBeLessThanOrEqual(width);
        expect(full.y + full.height).toBeLessThanOrEqual(height);
        expect(full.width * small.width).toBeGreaterThanOrEqual(region.width * width);
        expect(full.height * small.height).toBeGreaterThanOrEqual(region.height * height);
      }),
    );
  });
});
