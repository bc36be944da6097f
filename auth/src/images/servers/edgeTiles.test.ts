// Every tile of an info.json can be drawn: of images of every side from 1 to 600, and 1000 random ones.
import { describe, expect, it } from 'vitest';
import { pyramidOf } from '../../../../pyramids/src/shared/pyramid.ts';
import { edgeTiles, LIMITS, levelsOf } from '../../../test/support/edgeTiles.ts';
import type { Dimensions } from '../../iiif/geometry.ts';
import { tilingOf } from '../../iiif/tiling.ts';
import { drawnBy, survivable } from './iipsrvRegion.ts';

function* images(): Generator<Dimensions> {
  for (let side = 1; side <= 600; side += 1) {
    for (const other of new Set([side, 1, 2, 3, 5, 64, 511, 513, 600, 1025, 4099])) {
      yield { width: side, height: other };
      yield { width: other, height: side };
    }
  }
  let seed = 8;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return 1 + Math.floor((seed / 2 ** 31) * 20_000);
  };
  for (let count = 0; count < 1000; count += 1) yield { width: random(), height: random() };
  yield* [1025, 2049, 2050, 2051, 4097, 4098, 3073].flatMap((side) => [
    { width: side, height: 700 },
    { width: 700, height: side },
    { width: side, height: side },
  ]);
}

describe('iipsrv', () => {
  it('is never asked for less than a pixel of a level, and draws what is there', () => {
    let moved = 0;
    const wrong: unknown[] = [];
    for (const image of images()) {
      // A level of less than a pixel is not offered.
      if (Math.min(image.width, image.height) < 2 ** (pyramidOf(image).levels.length - 1)) continue;
      for (const levels of new Set([Infinity, 1, levelsOf(image, 128), levelsOf(image, 256)])) {
        for (const { region, size } of edgeTiles(image)) {
          const asked = { image, levels, region, size };
          const instead = survivable(asked);
          const drawn = instead && drawnBy({ ...asked, region: instead });
          if (!drawn || drawn.width < 1 || drawn.height < 1) wrong.push(asked);
          if (instead === region || !instead || !drawn) continue;
          moved += 1;
          const pixel = 2 ** drawn.halvings; // of the level, in those of the image
          const off = Math.max(region.x - instead.x, region.y - instead.y) / pixel;
          const same = drawn.halvings === drawnBy(asked).halvings && instead.width === region.width;
          if (!same || !(off > 0 && off < 1.5)) wrong.push({ asked, instead });
        }
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(moved).toBeGreaterThan(100);
  });

  it('nor of a pyramid that was made, which is a little larger than the picture', () => {
    const wrong: unknown[] = [];
    for (const image of images()) {
      const { levels } = pyramidOf(image);
      for (const { region, size } of edgeTiles(image)) {
        const asked = { image: levels[0] ?? image, levels: levels.length, region, size };
        const instead = survivable(asked);
        const drawn = instead && drawnBy({ ...asked, region: instead });
        if (!drawn || drawn.width < 1 || drawn.height < 1) wrong.push(asked);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it.each([
    // Those of the report of the fault.
    [1025, 1025, { x: 0, y: 1024, width: 1024, height: 1 }, { width: 512, height: 1 }, { x: 0, y: 1022 }],
    [1025, 1025, { x: 1024, y: 0, width: 1, height: 1024 }, { width: 1, height: 512 }, { x: 1022, y: 0 }],
    [3073, 1537, { x: 244, y: 1532, width: 2095, height: 1 }, { width: 41, height: 1 }, { x: 244, y: 1519 }],
  ])('of %i x %i pixels draws the last that it has of the level', (width, height, region, size, moved) => {
    const asked = { image: { width, height }, levels: 6, region, size };
    expect(drawnBy(asked)).toSatisfy((drawn: Dimensions) => drawn.width === 0 || drawn.height === 0);
    expect(survivable(asked)).toEqual({ ...region, ...moved });
  });

  it('is not asked where the whole image is less than a pixel high', () => {
    const region = { x: 0, y: 0, width: 4000, height: 1 };
    const image = { width: 9001, height: 1 };
    expect(survivable({ image, levels: 8, region, size: { width: 100, height: 1 } })).toBeUndefined();
  });
});

describe('digilib', () => {
  it('is never asked for a side of one pixel, of a file whose tiles it renders', () => {
    const wrong: unknown[] = [];
    for (const image of images()) {
      if (Math.min(image.width, image.height) < 2) continue;
      const rendered = { ...pyramidOf(image), native: false };
      const { sizes, tiles } = tilingOf(image, rendered, { ...LIMITS, smallest: 2 });
      for (const size of sizes) if (Math.min(size.width, size.height) < 2) wrong.push({ image, size });
      if (tiles[0].width < 500) wrong.push({ image, tiles });
      for (const { region, size } of edgeTiles(image, rendered, 2)) {
        if (Math.min(size.width, size.height) < 2) wrong.push({ image, region, size });
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
