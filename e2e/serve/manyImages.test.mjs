// A folder of 10,000 images. How far the service that reads their headers has come is seen by what it has read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { copyFile, link, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { descendants, serviceOf } from '../../test-support/processes.mjs';
import { inTurn } from '../support/inTurn.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { makePicture } from '../support/picturesToMake.mjs';
import { startServe } from '../support/serve.mjs';

/**
 * @import { Client } from '../../test-support/client.mjs'
 * @import { Vitrine } from '../support/serve.mjs'
 */

const COUNT = 10_000;

const images = await temporaryFolder('images');
const data = await temporaryFolder('data');
const many = join(images, 'many');
await mkdir(many);
await mkdir(join(images, 'one'));
await makePicture(join(images, 'one/small.tif'));
const nameOf = (/** @type {number} */ index) => `page${index + 1}.tif`;
await copyFile(join(images, 'one/small.tif'), join(many, nameOf(0)));
await inTurn(20, Array.from({ length: COUNT - 1 }), (_, index) =>
  link(join(many, nameOf(0)), join(many, nameOf(index + 1))),
);

/**
 * @param {Vitrine} vitrine
 * @returns {() => number} how often its service of pyramids, and the programs that it starts, have read from anything so far
 */
function readsOf({ pid }) {
  const service = serviceOf(pid, 'pyramids');
  return () => {
    const pids = [service, ...descendants(service).map((child) => child.pid)];
    return pids.reduce((sum, one) => sum + readsOfProcess(one), 0);
  };
}

/**
 * Those of the children that have ended among them.
 * @param {number} pid
 */
function readsOfProcess(pid) {
  try {
    return Number(/^syscr: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
  } catch {
    return 0; // it has just ended
  }
}

/** @param {Client} client */
async function manifest(client) {
  const { status, text } = await client.ask('/iiif/manifests/many');
  assert.equal(status, 200);
  const { canvases } = JSON.parse(text).sequences[0];
  assert.equal(canvases.length, COUNT);
  return canvases;
}

/**
 * A manifest of a folder that is known: nobody who reads files is asked.
 * @param {Vitrine} vitrine
 * @param {Client} client
 */
async function knownManifest({ pid }, client) {
  const service = serviceOf(pid, 'pyramids');
  process.kill(service, 'SIGSTOP');
  try {
    return await manifest(client);
  } finally {
    process.kill(service, 'SIGCONT');
  }
}

test(
  `${COUNT} images: read once, while other images are shown; after a restart too`,
  { timeout: 180_000 },
  async (t) => {
    const first = await startServe({ images, data });
    try {
      const client = await loggedIn(first, first.admin);
      const reads = readsOf(first);
      const begin = reads();
      const cold = manifest(client);
      const state = { pending: true };
      cold.finally(() => (state.pending = false)).catch(() => undefined);
      const readsMeanwhile = [];
      while (state.pending) {
        const before = reads();
        const column = readsMeanwhile.length % 90;
        const { status, body } = await client.ask(`/iiif/images/one!small.tif/${column},0,256,256/256,/0/default.jpg`);
        assert.equal(status, 200);
        assert.equal(jpegSize(body).width, 256);
        readsMeanwhile.push(reads() - before);
      }
      const canvases = await cold;
      const all = reads() - begin;
      const longest = Math.max(...readsMeanwhile);
      t.diagnostic(`${all} reads, ${longest} of them during one of ${readsMeanwhile.length} tiles of another image`);
      assert.ok(all > COUNT);
      assert.ok(readsMeanwhile.length > 10);
      assert.ok(longest < all / 2, 'no tile waits until the whole folder is known');
      assert.deepEqual(
        [9, 99, COUNT - 1].map((at) => canvases[at].label),
        ['page10', 'page100', `page${COUNT}`],
      );
      await knownManifest(first, client);
    } finally {
      await first.stop();
    }

    const second = await startServe({ images, data });
    try {
      const client = await loggedIn(second, first.admin);
      await knownManifest(second, client);

      await makePicture(join(images, 'one/large.tif'), { width: 900 });
      await rename(join(images, 'one/large.tif'), join(many, nameOf(4)));
      const canvases = await manifest(client);
      assert.deepEqual(
        [3, 4, 5].map((at) => canvases[at].width),
        [600, 900, 600],
      );
      const { status, body } = await client.ask('/iiif/images/many!page5.tif/full/full/0/default.jpg');
      assert.equal(status, 200);
      assert.equal(jpegSize(body).width, 900);
    } finally {
      await second.stop();
    }
  },
);
