// Pictures that have to be made first: what is there at once, what waits, and what is never shown.
import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { mustRun } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { descendants, serviceOf } from '../../test-support/processes.mjs';
import { until } from '../../test-support/until.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { makePicture } from '../support/picturesToMake.mjs';
import { distance, gridOf, pixelsOf } from '../support/pixels.mjs';
import { startServe } from '../support/serve.mjs';

const ISLAND = join(import.meta.dirname, '../../samples/images/maps/island.tif');

const images = await temporaryFolder('images');
const elsewhere = await temporaryFolder('elsewhere');
await mkdir(join(images, 'box'));
await mkdir(join(images, 'late'));
// Large enough to be caught while it is made.
const large = join(elsewhere, 'large.jpg');
await mustRun('vips', ['replicate', ISLAND, large, '2', '2']);

const vitrine = await startServe({ images });
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const maker = serviceOf(vitrine.pid, 'pyramids');

/** Has what makes a picture stand still as soon as it works. @returns {Promise<() => void>} has it go on */
async function held() {
  const programs = () => descendants(maker).filter(({ name }) => name === 'vips');
  await until('a picture is made', () => programs().length > 0);
  const pids = programs().map(({ pid }) => pid);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

/**
 * Puts the large picture there, as a file that was written long ago.
 * @param {string} name
 */
async function put(name) {
  const file = join(images, `${name}.part`);
  await copyFile(large, file);
  await utimes(file, new Date(0), new Date('2020-01-01'));
  await rename(file, join(images, name));
}

const tileAt = (/** @type {string} */ id) => `/iiif/images/${id}/4096,3072,512,512/512,512/0/default.jpg`;

test('while it is made, description and manifest are complete, and its first tile waits for it', async () => {
  await put('box/large.jpg');
  const asked = { pending: true };
  const waiting = visitor
    .until(tileAt('box!large.jpg'), ({ status }) => status !== 404)
    .finally(() => (asked.pending = false));
  const release = await held();
  try {
    const info = JSON.parse((await visitor.ask('/iiif/images/box!large.jpg/info.json')).text);
    assert.deepEqual([info.width, info.height], [8000, 6000]);
    assert.deepEqual(info.tiles, [{ width: 512, height: 512, scaleFactors: [1, 2, 4, 8, 16] }]);
    assert.deepEqual(info.sizes[0], { width: 500, height: 375 });
    const { canvases } = JSON.parse((await visitor.ask('/iiif/manifests/box')).text).sequences[0];
    assert.deepEqual(
      canvases.map((/** @type {{width: number, height: number}} */ { width, height }) => [width, height]),
      [[8000, 6000]],
    );
    assert.ok(asked.pending, 'the tile waits');
  } finally {
    release();
  }
  const { status, body } = await waiting;
  assert.equal(status, 200);
  assert.deepEqual(jpegSize(body), { width: 512, height: 512 });
  const part = { x: 96, y: 72, width: 512, height: 512 };
  assert.ok(distance(gridOf(await pixelsOf(body)), gridOf(await pixelsOf(ISLAND), part)) < 6);
});

test('who has waited for half a minute is told to come again, and then it is there', async () => {
  await put('late/large.jpg');
  const waiting = visitor.until(tileAt('late!large.jpg'), ({ status }) => status !== 404);
  const release = await held();
  try {
    const { status, headers, text } = await waiting;
    assert.equal(status, 503, text.slice(0, 100));
    assert.equal(headers['retry-after'], '5');
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(JSON.parse(text).message, /being made/);
  } finally {
    release();
  }
  await visitor.until(tileAt('late!large.jpg'), ({ status }) => status === 200, 30);
});

test('a picture that is replaced, while it is made or when it was, is never shown old; one that is removed is gone', async () => {
  const file = join(images, 'box/page.jpg');
  const tile = '/iiif/images/box!page.jpg/0,0,512,400/512,400/0/default.jpg';
  const part = { x: 0, y: 0, width: 512, height: 400 };
  let before;
  for (const x of [1000, 2200, 400]) {
    const next = join(elsewhere, 'next.jpg');
    await makePicture(next, { x });
    await utimes(next, new Date(0), new Date('2020-01-01'));
    await copyFile(next, `${file}.part`);
    await rename(`${file}.part`, file);
    const etag = before;
    const shown = await visitor.until(tile, ({ status, headers }) => status === 200 && headers.etag !== etag, 10);
    assert.ok(distance(gridOf(await pixelsOf(shown.body)), gridOf(await pixelsOf(next), part)) < 6, `from ${x}`);
    assert.deepEqual((await visitor.ask(tile)).body, shown.body);
    before = shown.headers.etag;
  }
  await rm(file);
  await visitor.until(tile, ({ status }) => status === 404, 10);
});

test('with PYRAMIDS_SIZE=0 nothing is made: what needs nothing is served, the rest is named', async (t) => {
  const few = await temporaryFolder('images');
  await mkdir(join(few, 'box'));
  for (const name of ['fit.tif', 'wavelets.jp2', 'photo.jpg']) await makePicture(join(few, 'box', name));
  const frugal = await startServe({ images: few, env: { PYRAMIDS_SIZE: '0' } });
  t.after(frugal.stop);
  const reader = await loggedIn(frugal, frugal.admin);
  const { canvases } = JSON.parse((await reader.ask('/iiif/manifests/box')).text).sequences[0];
  assert.deepEqual(
    canvases.map((/** @type {{label: string}} */ { label }) => label),
    ['fit', 'wavelets'],
  );
  for (const address of ['full/300,/0/default.jpg', '0,0,256,256/256,256/0/default.jpg']) {
    for (const name of ['fit.tif', 'wavelets.jp2']) {
      const { status, body } = await reader.ask(`/iiif/images/box!${name}/${address}`);
      assert.equal(status, 200, `${name} ${address}`);
      assert.equal(jpegSize(body).width, Number(/(\d+),\d*\/0/.exec(address)?.[1]));
    }
    assert.equal((await reader.ask(`/iiif/images/box!photo.jpg/${address}`)).status, 404);
  }
  await until('the photo in the log', () =>
    /photo\.jpg is not served: .*PYRAMIDS_SIZE is 0.* remedy=set PYRAMIDS_SIZE/.test(frugal.log),
  );
  const made = await readdir(join(frugal.data, 'pyramids'), { recursive: true, withFileTypes: true });
  const pictures = made.filter(({ name }) => /\.(tif|jp2)$/.test(name));
  assert.ok(pictures.length > 0 && pictures.every((entry) => entry.isSymbolicLink()));
});
