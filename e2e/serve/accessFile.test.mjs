// Who sees what is changed while readers look: through nginx, which remembers what auth said.
import assert from 'node:assert/strict';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../../test-support/client.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { until } from '../../test-support/until.mjs';
import { startServe } from '../support/serve.mjs';

const ISLAND = join(import.meta.dirname, '../../samples/images/maps/island.tif');
const images = await temporaryFolder('access');
await mkdir(join(images, 'maps'));
await copyFile(ISLAND, join(images, 'maps/island.tif'));
const vitrine = await startServe({ images });
after(vitrine.stop);

const nobody = new Client(vitrine.url);
const TILE = '/iiif/images/maps!island.tif/full/200,/0/default.jpg';
const status = async () => (await nobody.ask(TILE)).status;

/**
 * Says who sees the maps, as an editor saves a file, and waits until it is so.
 * @param {string} text of access.yml
 * @param {number} wanted status of the tile
 * @returns {Promise<number>} milliseconds
 */
async function save(text, wanted) {
  await writeFile(join(images, '.access.yml.new'), text);
  await rename(join(images, '.access.yml.new'), join(images, 'access.yml'));
  const saved = performance.now();
  await until(`the tile is ${wanted}`, async () => (await status()) === wanted);
  return performance.now() - saved;
}

test('what is saved holds within seconds, in both directions', async (t) => {
  await until('a reader is refused', async () => (await status()) === 401);
  /** @type {number[]} */
  const took = [];
  for (const [text, wanted] of /** @type {const} */ ([
    ['folders: { maps: everyone }', 200],
    ['folders: { maps: nobody }', 403],
    ['folders: { maps: everyone }', 200],
    ['folders: { maps: [{ who: { networks: 192.0.2.0/24 } }] }', 401],
    ['folders: { maps/island.tif: everyone, maps: nobody }', 200],
  ])) {
    took.push(await save(text, wanted));
  }
  t.diagnostic(`${took.map(Math.round).join(', ')} ms`);
  // Three seconds are promised, and kept where the machine has time for it.
  assert.ok(Math.max(...took) < 10_000, took.join(' '));
});

test('a right that ends does so by itself, in nginx too', async () => {
  const ends = new Date(Math.ceil(Date.now() / 1000) * 1000 + 6000);
  const until_ = ends.toISOString().slice(0, 19);
  await save(`folders: { maps: [{ who: everyone, until: "${until_}Z" }] }`, 200);
  assert.equal(await status(), 200);
  await until('it has ended', async () => (await status()) === 403);
  assert.ok(Date.now() >= ends.getTime(), 'not before its time');
});

test('a mistake changes nothing, and the log says where it is; the file that is taken away is said, too', async () => {
  await save('folders: { maps: everyone }', 200);
  await writeFile(join(images, 'access.yml'), 'folders:\n  maps: nbody\n');
  await until('the line of the mistake', () => /access\.yml, line 2, column 3: .*"maps"/.test(vitrine.log));
  await pause(2500); // as long as nginx remembers
  assert.equal(await status(), 200);
  await rm(join(images, 'access.yml'));
  await until('it is locked', async () => (await status()) === 401);
  assert.match(vitrine.log, /access\.yml is gone/);
});

test('no visitor can read it', async () => {
  await save('folders: { .: everyone }', 200);
  for (const path of [
    '/access.yml',
    '/iiif/images/access.yml/full/max/0/default.jpg',
    '/iiif/images/access.yml/info.json',
  ]) {
    const answer = await nobody.ask(path);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(answer.text, /everyone/);
  }
});
