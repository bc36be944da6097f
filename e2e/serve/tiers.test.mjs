// A tier yields no more than its own picture, whatever is asked of it: on real iipsrv, of masters whose pattern is too
// fine for the tier.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { mustRun } from '../../test-support/command.mjs';
import { Client } from '../../test-support/client.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const SIDE = 2048;
/** Grey levels, of the mean and of the deviation. Of the pattern itself ten times as much would be seen. */
const NOISE = 12;
/** By folder: the tier, and how wide a column is: to be seen in the level above the tier, and plain gray in its own. */
const FOLDERS = { small: { tier: 300, column: 4 }, large: { tier: 600, column: 2 } };

const images = await temporaryFolder('images');
/** @type {Record<string, object[]>} */
const access = {};
for (const [folder, { tier, column }] of Object.entries(FOLDERS)) {
  await mkdir(join(images, folder));
  await drawMasters(join(images, folder), column);
  access[folder] = [{ who: 'users' }, { who: 'everyone', sees: tier }];
}
const vitrine = await startServe({ images, access });
after(vitrine.stop);
const nobody = new Client(vitrine.url);

/**
 * Columns, black and white; the margins are plain gray.
 * @param {string} folder
 * @param {number} column pixels
 */
async function drawMasters(folder, column) {
  const pixelAt = (/** @type {number} */ x) => (x % (2 * column) < column ? 0 : 255);
  const row = Buffer.from(Array.from({ length: SIDE }, (_, x) => (x < 256 || x >= 1792 ? 128 : pixelAt(x))));
  const pixels = Buffer.concat(Array.from({ length: SIDE }, () => row));
  const input = Buffer.concat([Buffer.from(`P5 ${SIDE} ${SIDE} 255\n`), pixels]);
  for (const [name, options] of [
    ['pyramid.tif', 'tile,pyramid,compression=deflate'],
    ['flat.tif', 'tile,compression=deflate'],
    ['wavelets.jp2', 'lossless'],
  ]) {
    await mustRun('vips', ['copy', 'stdin', `${join(folder, name)}[${options}]`], { input });
  }
}

/**
 * Mean and standard deviation of the pixels of a JPEG: a single pixel at its end that iipsrv invents counts little.
 * @param {Buffer} jpeg
 */
async function greysOf(jpeg) {
  const pgm = await mustRun('vips', ['colourspace', 'stdin', '.pgm', 'b-w'], { input: jpeg });
  const [header = ''] = /^P5\n(?:#.*\n)*\d+ \d+\s+\d+\n/.exec(pgm.subarray(0, 200).toString('latin1')) ?? [];
  const pixels = [...pgm.subarray(header.length)];
  const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  return { mean, deviation: Math.sqrt(pixels.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0) / pixels.length) };
}

let seed = 11;
const below = (/** @type {number} */ number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * number);
};

/**
 * Regions and sizes as somebody would choose them who wants the master's pixels.
 * @param {{width: number, height: number}} size of the tier
 */
function randomRequest({ width, height }) {
  const w = 1 + below(width);
  const h = 1 + below(height);
  const region = [`${below(width - w + 1)},${below(height - h + 1)},${w},${h}`, 'full', 'square', 'pct:10,10,33.3,50'];
  const size = [
    'max',
    `${1 + below(w)},`,
    `,${1 + below(h)}`,
    `${1 + below(w)},${1 + below(h)}`,
    `!${w},${1 + below(h)}`,
  ];
  return `${region[below(region.length + 4)] ?? region[0]}/${size[below(size.length)]}/0/default.jpg`;
}

for (const { file, isOne = false } of [
  // A pyramid as it is, with levels down to a tile of 128 pixels.
  { file: 'small!pyramid.tif' },
  { file: 'large!pyramid.tif' },
  { file: 'large!flat.tif' },
  { file: 'large!wavelets.jp2' },
  // The smallest level of what is made of it is larger than the tier.
  { file: 'small!flat.tif', isOne: true },
  { file: 'small!wavelets.jp2', isOne: true },
]) {
  test(`whatever is asked of the tier of ${file} shows nothing of the master's pattern`, async () => {
    const { tier } = FOLDERS[/** @type {keyof typeof FOLDERS} */ (file.split('!')[0])];
    const base = `/iiif/3/images/${file}!!${tier}`;
    const info = JSON.parse((await nobody.ask(`${base}/info.json`)).text);
    assert.ok(Math.max(info.width, info.height) <= tier);
    let pictures = 0;
    let first;
    for (let count = 0; count < 40; count += 1) {
      const request = count === 0 ? 'full/max/0/default.jpg' : randomRequest(info);
      const answer = await nobody.ask(`${base}/${request}`);
      assert.ok([200, 400].includes(answer.status), `${request}: ${answer.status}`);
      if (answer.status !== 200) continue;
      pictures += 1;
      first ??= answer.body;
      // Each size would be other samples of the master.
      if (isOne) assert.deepEqual(answer.body, first, request);
      else {
        const { mean, deviation } = await greysOf(answer.body);
        assert.ok(Math.abs(mean - 128) < NOISE && deviation < NOISE, `${request}: ${mean}, ${deviation}`);
      }
    }
    assert.ok(isOne || pictures > 12, String(pictures));
  });
}

for (const folder of Object.keys(FOLDERS)) {
  test(`the masters of ${folder} have the pattern to who may see it, and stay locked`, async () => {
    const visitor = await loggedIn(vitrine, vitrine.admin);
    for (const name of ['pyramid.tif', 'flat.tif', 'wavelets.jp2']) {
      const part = `/iiif/3/images/${folder}!${name}/512,512,64,64/max/0/default.jpg`;
      assert.equal((await nobody.ask(part)).status, 401);
      const { status, body } = await visitor.ask(part);
      assert.equal(status, 200);
      assert.ok((await greysOf(body)).deviation > 100);
    }
  });
}
