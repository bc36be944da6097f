// Real pictures: every kind of address, compared with what libvips makes of the master.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { distance, greyed, gridOf, pixelsOf, turned } from '../support/pixels.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe();
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const folder = join(import.meta.dirname, '../../samples/images');

/** Grey levels by which the means of fields may differ: JPEG, and where the edges of scaled pixels lie. */
const TOLERANCE = 6;

/**
 * @param {string} id
 * @param {string} address
 */
async function picture(id, address) {
  const answer = await visitor.ask(`/iiif/images/${id}/${address}`);
  assert.equal(answer.status, 200, `${address}: ${answer.status} ${answer.text.slice(0, 200)}`);
  assert.equal(answer.headers['content-type'], 'image/jpeg');
  assert.equal(Number(answer.headers['content-length']), answer.body.length);
  return answer.body;
}

for (const { id, file, width, height } of [
  { id: 'Fotos%20K%C3%B6ln!page2.tif', file: 'Fotos Köln/page2.tif', width: 3000, height: 2000 },
  { id: 'maps%2Fsky', file: 'maps/sky.jp2', width: 2800, height: 2000 },
]) {
  const master = await pixelsOf(join(folder, file));
  /** @typedef {import('../support/pixels.mjs').Grid} Grid */
  /**
   * Of the regions; most addresses mean the whole image.
   * @type {Map<object, Grid>}
   */
  const grids = new Map();
  const gridOfMaster = (/** @type {{x: number, y: number, width: number, height: number}} */ region) => {
    const grid = grids.get(region) ?? gridOf(master, region);
    grids.set(region, grid);
    return grid;
  };
  const all = { x: 0, y: 0, width, height };
  const side = Math.min(width, height);
  const square = { x: (width - side) / 2, y: 0, width: side, height: side };
  const corner = { x: width - 300, y: height - 200, width: 300, height: 200 };
  const tenths = { x: width / 10, y: height / 5, width: width / 2, height: height / 4 };

  for (const { address, region, size, fields = (/** @type {Grid} */ grid) => grid } of [
    { address: 'full/600,/0/default.jpg', region: all, size: [600, (600 * height) / width] },
    { address: 'full/,300/0/default.jpg', region: all, size: [(300 * width) / height, 300] },
    { address: 'full/!300,900/0/default.jpg', region: all, size: [300, (300 * height) / width] },
    { address: 'full/400,400/0/default.jpg', region: all, size: [400, 400] },
    { address: 'full/pct:12.5/0/color.jpg', region: all, size: [width / 8, height / 8] },
    { address: 'full/full/0/default.jpg', region: all, size: [width, height] },
    { address: 'full/max/0/default.jpg', region: all, size: [width, height] },
    { address: 'full/3100,/0/default.jpg', region: all, size: [3100, (3100 * height) / width] },
    { address: 'square/256,/0/default.jpg', region: square, size: [256, 256] },
    {
      address: 'pct:10,20,50,25/400,/0/default.jpg',
      region: tenths,
      size: [400, (400 * tenths.height) / tenths.width],
    },
    { address: `${width - 300},${height - 200},300,200/full/0/default.jpg`, region: corner, size: [300, 200] },
    { address: `${width - 300},${height - 200},9000,9000/150,/0/default.jpg`, region: corner, size: [150, 100] },
    {
      address: 'pct:50,50,100,100/350,/0/default.jpg',
      region: quarter(width, height),
      size: [350, (350 * height) / width],
    },
    {
      address: 'full/400,/90/default.jpg',
      region: all,
      size: [(400 * height) / width, 400],
      fields: (/** @type {Grid} */ grid) => turned(grid, '90'),
    },
    {
      address: 'full/400,/180/default.jpg',
      region: all,
      size: [400, (400 * height) / width],
      fields: (/** @type {Grid} */ grid) => turned(grid, '180'),
    },
    {
      address: 'full/400,/270/default.jpg',
      region: all,
      size: [(400 * height) / width, 400],
      fields: (/** @type {Grid} */ grid) => turned(grid, '270'),
    },
    {
      address: 'full/400,/!0/default.jpg',
      region: all,
      size: [400, (400 * height) / width],
      fields: (/** @type {Grid} */ grid) => turned(grid, '!0'),
    },
    {
      address: 'full/400,/!180/default.jpg',
      region: all,
      size: [400, (400 * height) / width],
      fields: (/** @type {Grid} */ grid) => turned(grid, '!180'),
    },
    {
      address: 'square/400,/!90/gray.jpg',
      region: square,
      size: [400, 400],
      fields: (/** @type {Grid} */ grid) => greyed(turned(grid, '!90')),
    },
    { address: 'full/500,/0/gray.jpg', region: all, size: [500, (500 * height) / width], fields: greyed },
  ]) {
    test(`${file}: ${address}`, async () => {
      const jpeg = await picture(id, address);
      const [wide, high] = size.map(Math.round);
      assert.deepEqual(jpegSize(jpeg), { width: wide, height: high });
      const apart = distance(gridOf(await pixelsOf(jpeg)), fields(gridOfMaster(region)));
      assert.ok(apart < TOLERANCE, `it looks different: ${apart.toFixed(1)}`);
    });
  }

  test(`${file}: bitonal is black and white`, async () => {
    const jpeg = await picture(id, 'full/500,/0/bitonal.jpg');
    assert.equal(jpegSize(jpeg).width, 500);
    const { bytes } = await pixelsOf(jpeg);
    const clear = bytes.filter((value) => value < 64 || value > 191).length / bytes.length;
    assert.ok(clear > 0.9, `${clear} of all pixels`);
  });
}

test('an image of one pixel', async () => {
  assert.deepEqual(jpegSize(await picture('maps!island', '0,0,1,1/full/0/default.jpg')), { width: 1, height: 1 });
  assert.deepEqual(jpegSize(await picture('maps!island', 'full/1,/0/default.jpg')), { width: 1, height: 1 });
});

/**
 * @param {number} width
 * @param {number} height
 */
function quarter(width, height) {
  return { x: width / 2, y: height / 2, width: width / 2, height: height / 2 };
}
