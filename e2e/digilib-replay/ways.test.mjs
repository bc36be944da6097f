import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rendition } from './geometry.mjs';
import { outcome, seconds } from './ways.mjs';
import { Workers } from './workers.mjs';

const jp2 = { width: 600, height: 400, type: 'image/jp2', samples: 3, bits: 8 };
const tiff = { ...jp2, type: 'image/tiff', photometric: 6, compression: 7 };
const grey = { ...tiff, photometric: 1, samples: 1 };
/** @type {(image: import('./header.mjs').Header, parameters: string) => string} */
const of = (image, parameters) => outcome(image, rendition(parameters.split('/'), image));

for (const [what, image, parameters, expected] of /** @type {const} */ ([
  ['a TIFF', tiff, 'full/600,400/0/default.jpg', 'picture'],
  ['gray of a TIFF', tiff, 'full/600,400/0/gray.jpg', 'picture'],
  ['gray of a turned TIFF', tiff, 'full/600,400/90/gray.jpg', 'empty'],
  ['gray of a mirrored TIFF', tiff, 'full/600,400/!0/gray.jpg', 'empty'],
  ['gray of a gray TIFF', grey, 'full/100,67/0/gray.jpg', 'empty'],
  ['gray PNG of a gray TIFF', grey, 'full/100,67/90/gray.png', 'picture'],
  ['gray of a JP2', jp2, 'full/100,67/0/gray.jpg', 'picture'],
  ['gray of a JP2 with alpha', { ...jp2, samples: 4 }, 'full/100,67/0/gray.jpg', 'empty'],
  ['16-bit colour', { ...jp2, bits: 16 }, 'full/100,67/0/default.jpg', 'broken'],
  ['zstd in TIFF', { ...tiff, compression: 50000 }, 'full/100,67/0/default.jpg', 'broken'],
  ['WebP in TIFF', { ...tiff, compression: 50001 }, 'full/100,67/0/default.jpg', 'broken'],
])) {
  test(`${what}: ${expected}`, () => {
    assert.equal(of(image, parameters), expected);
  });
}

test('a large JPEG 2000: a tile is quick, the overview slow', () => {
  const large = { ...jp2, width: 12_000, height: 9_000 };
  const time = (/** @type {string} */ parameters) => seconds(large, rendition(parameters.split('/'), large));
  assert.ok(time('512,512,512,512/512,512/0/default.jpg') < 0.1);
  assert.ok(time('full/16,12/0/default.jpg') > 20);
});

test('two workers, one that waits, and no place for a fourth', async () => {
  const crew = new Workers(2, 3);
  const [first, second] = [await crew.take(), await crew.take()];
  const third = crew.take();
  assert.equal(crew.take(), undefined);
  assert.ok(first && second);
  first();
  const give = await third;
  assert.ok(crew.take() instanceof Promise);
  second();
  assert.ok(give);
  give();
});
