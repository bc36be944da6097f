// What must hold of every running Vitrine when one of its parts is gone, and when it is back.
import assert from 'node:assert/strict';
import { Client, jpegSize } from './client.mjs';
import { island, islandTile } from './samples.mjs';

const jsonError = ({ status, text }, wanted) => status === wanted && /^\{"error":"\w+","message":".+"\}\s*$/.test(text);

/**
 * @param {{baseUrl: string, email: string, password: string}} server
 * @param {(part: 'auth' | 'image-server') => Promise<void>} stop
 * @param {(part: 'auth' | 'image-server') => Promise<void>} start
 * @returns {{title: string, run: () => Promise<void>}[]} to be run in this order
 */
export function outages({ baseUrl, email, password }, stop, start) {
  const client = new Client(baseUrl);
  const fresh = (x) => `${island}/${x},64,128,128/128,128/0/default.jpg`; // not in the tile cache
  const isTile = ({ status, body }) => status === 200 && jpegSize(body).width === 128;

  return [
    {
      title: 'without auth: 503, also for a tile in the cache; the login is still good afterwards',
      async run() {
        assert.ok((await client.logIn(email, password)).status < 400);
        assert.equal((await client.ask(islandTile)).status, 200);
        await stop('auth');
        for (const path of [islandTile, `${island}/info.json`, '/iiif/manifests/maps', '/']) {
          await client.until(path, (answer) => jsonError(answer, 503), 10);
        }
        await start('auth');
        await client.until(islandTile, ({ status }) => status === 200, 30);
        await client.until('/', ({ status }) => status === 200, 30);
      },
    },
    {
      title: 'without the image server: 503 for what is not in the cache; it recovers by itself',
      async run() {
        await client.until(fresh(64), isTile, 10);
        await stop('image-server');
        await client.until(fresh(192), (answer) => jsonError(answer, 503), 20);
        assert.ok(isTile(await client.ask(fresh(64))), 'a tile in the cache');
        await start('image-server');
        await client.until(fresh(192), isTile, 60);
      },
    },
    {
      title: 'both gone and back in the other order: neither is taken for the other',
      async run() {
        await stop('auth');
        await stop('image-server');
        await client.until(islandTile, (answer) => jsonError(answer, 503), 10);
        await start('auth');
        await start('image-server');
        await client.until(fresh(320), isTile, 60);
        await client.until('/', ({ status, headers }) => status === 200 && /html/.test(headers['content-type']), 30);
      },
    },
  ];
}
