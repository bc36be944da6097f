import { expect, it } from 'vitest';
import { pyramidOf } from '../../../../pyramids/src/shared/pyramid.ts';
import { imageServers } from './imageServers.ts';
import { priceOf } from './price.ts';

const square = (side: number) => ({ width: side, height: side });

/** Of a region of a square image, of a file of so many levels (all, where nothing is said). */
function price(server: keyof typeof imageServers, source: string, region: number, side: number, levels?: number) {
  const image = square(region);
  const size = square(side);
  const asked = { image, levels: levels ?? pyramidOf(image).levels.length, region: { x: 0, y: 0, ...image }, size };
  return priceOf(imageServers[server], { source, read: imageServers[server].readFor(asked), size });
}

it.each<[what: string, ...Parameters<typeof price>, price: number]>([
  ['a tile', 'iipsrv', 'a.tif', 512, 512, undefined, 1],
  ['a tile of a deep level', 'iipsrv', 'a.tif', 16_384, 512, undefined, 1],
  ['a large tile of a deep level', 'iipsrv', 'a.tif', 16_384, 1024, undefined, 4],
  ['the thumbnail of a very large scan', 'iipsrv', 'a.tif', 60_000, 200, undefined, 1],
  ['a screen full', 'iipsrv', 'a.tif', 8000, 2000, undefined, 16],
  ['more than any screen', 'iipsrv', 'a.tif', 8000, 2200, undefined, 22],
  ['all that may be asked for', 'iipsrv', 'a.tif', 5000, 5000, undefined, 100],
  ['the thumbnail of 64 megapixels without smaller versions', 'iipsrv', 'a.tif', 8000, 200, 1, 16],
  ['the thumbnail of 144 megapixels without smaller versions', 'iipsrv', 'a.tif', 12_000, 200, 1, 36],
  ['a tile', 'digilib', 'a.tif', 512, 512, undefined, 1],
  ['the thumbnail of 100 megapixels', 'digilib', 'a.tif', 10_000, 200, undefined, 14],
  ['the thumbnail of 130 megapixels', 'digilib', 'a.tif', 11_400, 200, undefined, 18],
  ['a tile of a JPEG 2000', 'digilib', 'a.jp2', 1024, 512, undefined, 2],
  ['the thumbnail of a JPEG 2000 of 20 megapixels', 'digilib', 'a.jp2', 4400, 200, undefined, 16],
  ['the thumbnail of a JPEG 2000 of 25 megapixels', 'digilib', 'a.jp2', 5000, 200, undefined, 20],
])('%s on %s (%s, %i pixels, to %i)', (_what, server, source, region, side, levels, wanted) => {
  expect(price(server, source, region, side, levels)).toBe(wanted);
});
