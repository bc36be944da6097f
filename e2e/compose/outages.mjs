// What must hold of every running Vitrine when one of its parts is gone, and when it is back.
import assert from 'node:assert/strict';
import { Client } from '../../test-support/client.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { island, islandTile, nativeTile } from './samples.mjs';

/** @typedef {import('../../test-support/ask.mjs').Answer} Answer */

/** @type {(answer: Answer, wanted: number) => boolean} */
const jsonError = ({ status, text }, wanted) => status === wanted && /^\{"error":"\w+","message":".+"\}\s*$/.test(text);

/**
 * @param {import('./checks.mjs').Server} server
 * @param {(part: 'auth' | 'image-server' | 'pyramids') => Promise<unknown>} stop
 * @param {(part: 'auth' | 'image-server' | 'pyramids') => Promise<unknown>} start
 * @returns {import('./checklist.mjs').Check[]}
 */
export function outages({ baseUrl, email, password }, stop, start) {
  const client = new Client(baseUrl);
  const fresh = (/** @type {number} */ x) => `${island}/${x},64,128,128/128,128/0/default.jpg`; // not in the tile cache
  const isTile = (/** @type {Answer} */ { status, body }) => status === 200 && jpegSize(body).width === 128;

  const isNative = (/** @type {Answer} */ { status, body }) => status === 200 && jpegSize(body).width === 256;

  return [
    {
      title: 'without auth: 503, also for a tile in the cache; the login is still good afterwards',
      async run() {
        assert.ok((await client.logIn(email, password)).status < 400);
        assert.equal((await client.ask(islandTile)).status, 200);
        await stop('auth');
        for (const path of [islandTile, nativeTile, `${island}/info.json`, '/iiif/manifests/maps', '/']) {
          await client.until(path, (answer) => jsonError(answer, 503));
        }
        await start('auth');
        await client.until(islandTile, ({ status }) => status === 200);
        await client.until('/', ({ status }) => status === 200);
      },
    },
    {
      title: 'without the image server: 503 for what is not in the cache; it recovers by itself',
      async run() {
        await client.until(fresh(64), isTile);
        await stop('image-server');
        await client.until(fresh(192), (answer) => jsonError(answer, 503));
        assert.ok(isTile(await client.ask(fresh(64))), 'a tile in the cache');
        assert.ok(isNative(await client.ask(nativeTile)), 'a tile as it is stored');
        await start('image-server');
        await client.until(fresh(192), isTile);
      },
    },
    {
      title: 'without pyramids: no tile as it is stored, 503; what is known of images is; it recovers by itself',
      async run() {
        assert.ok(isNative(await client.ask(nativeTile)));
        await stop('pyramids');
        await client.until(nativeTile, (answer) => jsonError(answer, 503));
        assert.equal((await client.ask(`${island}/info.json`)).status, 200);
        await start('pyramids');
        await client.until(nativeTile, isNative);
      },
    },
    {
      title: 'both gone and back in the other order: neither is taken for the other',
      async run() {
        await stop('auth');
        await stop('image-server');
        await client.until(islandTile, (answer) => jsonError(answer, 503));
        await start('auth');
        await start('image-server');
        await client.until(fresh(320), isTile);
        await client.until('/', ({ status, headers }) => status === 200 && /html/.test(headers['content-type'] ?? ''));
      },
    },
  ];
}
