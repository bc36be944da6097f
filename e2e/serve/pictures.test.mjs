// Real pictures: every kind of address, compared with what libvips makes of the master.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jpegSize } from '../compose/client.mjs';
import { distance, greyed, gridOf, pixelsOf, turned } from '../support/pixels.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe();
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const folder = join(import.meta.dirname, '../../samples/images');

/** Grey levels by which the means of fields may differ: JPEG, and where the edges of scaled pixels lie. */
const TOLERANCE = 6;

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
  const grids = new Map(); // of the regions; most addresses mean the whole image
  const gridOfMaster = (region) => grids.get(region) ?? grids.set(region, gridOf(master, region)).get(region);
  const all = { x: 0, y: 0, width, height };
  const side = Math.min(width, height);
  const square = { x: (width - side) / 2, y: 0, width: side, height: side };
  const corner = { x: width - 300, y: height - 200, width: 300, height: 200 };
  const tenths = { x: width / 10, y: height / 5, width: width / 2, height: height / 4 };

  for (const [address, region, size, fields = (grid) => grid] of [
    ['full/600,/0/default.jpg', all, [600, (600 * height) / width]],
    ['full/,300/0/default.jpg', all, [(300 * width) / height, 300]],
    ['full/!300,900/0/default.jpg', all, [300, (300 * height) / width]],
    ['full/400,400/0/default.jpg', all, [400, 400]],
    ['full/pct:12.5/0/color.jpg', all, [width / 8, height / 8]],
    ['full/full/0/default.jpg', all, [width, height]],
    ['full/max/0/default.jpg', all, [width, height]],
    ['full/3100,/0/default.jpg', all, [3100, (3100 * height) / width]],
    ['square/256,/0/default.jpg', square, [256, 256]],
    ['pct:10,20,50,25/400,/0/default.jpg', tenths, [400, (400 * tenths.height) / tenths.width]],
    [`${width - 300},${height - 200},300,200/full/0/default.jpg`, corner, [300, 200]],
    [`${width - 300},${height - 200},9000,9000/150,/0/default.jpg`, corner, [150, 100]],
    ['pct:50,50,100,100/350,/0/default.jpg', quarter(width, height), [350, (350 * height) / width]],
    ['full/400,/90/default.jpg', all, [(400 * height) / width, 400], (grid) => turned(grid, '90')],
    ['full/400,/180/default.jpg', all, [400, (400 * height) / width], (grid) => turned(grid, '180')],
    ['full/400,/270/default.jpg', all, [(400 * height) / width, 400], (grid) => turned(grid, '270')],
    ['full/400,/!0/default.jpg', all, [400, (400 * height) / width], (grid) => turned(grid, '!0')],
    ['full/400,/!180/default.jpg', all, [400, (400 * height) / width], (grid) => turned(grid, '!180')],
    ['square/400,/!90/gray.jpg', square, [400, 400], (grid) => greyed(turned(grid, '!90'))],
    ['full/500,/0/gray.jpg', all, [500, (500 * height) / width], greyed],
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

function quarter(width, height) {
  return { x: width / 2, y: height / 2, width: width / 2, height: height / 2 };
}
