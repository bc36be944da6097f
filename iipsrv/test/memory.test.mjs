// iipsrv 1.1 reads behind the end of a picture that it scales. Nothing of what it drew before may lie there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startIipsrv } from './server.mjs';

const OTHER = 100; // grey of the image that others see
const OWN = 180; // grey of the image that is asked for
const TIMES = 8; // higher than the region: the last row is one eighth of the region, and the rest of what lies behind it
const WIDTHS = Array.from({ length: 100 }, (_, number) => 101 + 17 * number); // also the bytes before the end

const folder = mkdtempSync(join(tmpdir(), 'vitrine-memory-'));
/** @type {import('./server.mjs').Iipsrv} */
let server;

before(async () => {
  const vips = (/** @type {string[]} */ ...words) => execFileSync('vips', words, { cwd: folder, stdio: 'pipe' });
  vips('black', 'black.v', '2048', '1024');
  for (const [name, grey] of Object.entries({ other: OTHER, own: OWN })) {
    vips('linear', 'black.v', 'grey.v', '1', String(grey), '--uchar');
    vips('tiffsave', 'grey.v', `${name}.tif`, '--tile', '--pyramid', '--tile-width=256', '--tile-height=256');
  }
  server = await startIipsrv(folder, { count: 1 });
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/**
 * @param {string} name
 * @param {string} region width and height
 * @param {string} size
 */
async function draw(name, region, size) {
  const { status, body } = await server.ask(`/iiif/${name}.tif/0,0,${region}/${size}/0/default.jpg`);
  assert.equal(status, 200);
  return body;
}

/**
 * The grey of the lower left corner of each JPEG.
 * @param {Buffer[]} jpegs
 */
function corners(jpegs) {
  const names = jpegs.map((jpeg, index) => {
    writeFileSync(join(folder, `${index}.jpg`), jpeg);
    return `${index}.jpg`;
  });
  const crop = ['-gravity', 'SouthWest', '-crop', '1x1+0+0', '+repage', '+append', '-depth', '8', 'gray:-'];
  return [...execFileSync('convert', [...names, ...crop], { cwd: folder })];
}

test('what lies behind the end of a picture is of no other one', async () => {
  const pictures = [];
  for (const width of WIDTHS) {
    for (const more of [0, 100, 300]) await draw('other', `${width + more},2`, `${width + more - 1},2`);
    pictures.push(await draw('own', `${width},1`, `${width},${TIMES}`));
  }
  const behind = corners(pictures).map((grey) => (grey - OWN / TIMES) / (1 - 1 / TIMES));
  const near = (/** @type {number} */ wanted) => behind.filter((grey) => Math.abs(grey - wanted) < 10).length;
  // The C library's own words lie there as well, and may look like any grey.
  assert.ok(near(OTHER) <= 5, `${near(OTHER)} of ${behind.length} hold a pixel of the other image`);
  assert.ok(near(255) + near(OWN) > WIDTHS.length / 2, `no more than ${near(255)} are white`);
});
