import { describe, expect, it } from 'vitest';
import { canonicalAddress, parseImageAddress, type ImageAddress } from './imageAddress.ts';

const REST = 'full/100,/0/default.jpg';

function addressOf(target: string): ImageAddress {
  const address = parseImageAddress(target);
  if (address.kind !== 'address') throw new Error(address.message);
  return address;
}

describe('an image address', () => {
  it.each([
    [`/iiif/images/maps!a.tif/${REST}`, { version: 2, path: ['maps', 'a.tif'], tier: undefined, signature: undefined }],
    [`/iiif/images/maps%2Fa.tif/${REST}?x=/y`, { version: 2, path: ['maps', 'a.tif'] }],
    [`/iiif/3/images/maps!a.tif!!600/${REST}`, { version: 3, path: ['maps', 'a.tif'], tier: 600 }],
    [`/iiif/3/images/!secret/maps!a.tif/${REST}`, { version: 3, path: ['maps', 'a.tif'], signature: 'secret' }],
  ])('%s', (target, parts) => {
    expect(parseImageAddress(target)).toMatchObject({ kind: 'address', ...parts });
  });

  it.each([
    ['/iiif/manifests/maps', 'invalid', 'Images are below /iiif/images/ and /iiif/3/images/.'],
    [`/iiif/images/maps/a.tif/${REST}`, 'missing', 'A / inside an identifier is written %2F or !.'],
    [`/iiif/images/!!a.tif/${REST}`, 'invalid', 'An image address is …/{region}/{size}/{rotation}/{quality}.{format}.'],
    [`/iiif/images/maps!/${REST}`, 'invalid', 'The identifier has an empty part.'],
    [
      '/iiif/images/a.tif/full/100,/0',
      'invalid',
      'An image address is …/{region}/{size}/{rotation}/{quality}.{format}.',
    ],
  ])('%s is none', (target, kind, message) => {
    expect(parseImageAddress(target)).toEqual({ kind, message });
  });

  it('each version has its own words for sizes', () => {
    expect(parseImageAddress('/iiif/images/a.tif/full/full/0/default.jpg').kind).toBe('address');
    expect(parseImageAddress('/iiif/3/images/a.tif/full/full/0/default.jpg').kind).toBe('invalid');
    expect(parseImageAddress('/iiif/3/images/a.tif/full/^max/0/default.jpg').kind).toBe('address');
  });
});

it('the canonical address of a picture has no signature, and the name that the folder spells', () => {
  const image = { width: 600, height: 400 };
  const drawing = { region: { x: 0, y: 0, ...image }, size: { width: 100, height: 67 } };
  const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };
  const canonical = (target: string) => canonicalAddress(addressOf(target), ['maps', 'a.tif'], image, drawing, limits);
  expect(canonical(`/iiif/images/maps!a/${REST}`)).toBe('/iiif/images/maps!a.tif/full/100,/0/default.jpg');
  expect(canonical(`/iiif/3/images/!secret/maps!a.tif/${REST}`)).toBe(
    '/iiif/3/images/maps!a.tif/full/100,67/0/default.jpg',
  );
});
