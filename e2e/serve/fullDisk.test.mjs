// The one disk of ./serve is full to the brim: images go on, a logout holds, health says so, and nothing has to be repaired.
import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { cookieOfLogin, loggedIn } from '../support/loggedIn.mjs';
import { makePicture } from '../support/picturesToMake.mjs';
import { startServe } from '../support/serve.mjs';
import { smallDisk } from '../support/smallDisk.mjs';
import { until } from '../../test-support/until.mjs';

const disk = smallDisk('64m');
after(() => disk?.remove());

const images = await temporaryFolder('images');
await mkdir(join(images, 'maps'));
await copyFile(join(import.meta.dirname, '../../samples/images/maps/island.tif'), join(images, 'maps/island.tif'));
await makePicture(join(images, 'maps/photo.jpg'));

const tile = (/** @type {number} */ width) => `/iiif/images/maps!island.tif/full/${width},/0/default.jpg`;

test('a full disk', { skip: disk ? false : 'no disk of its own: not root' }, async (t) => {
  assert.ok(disk);
  const vitrine = await startServe({ images, data: disk.folder, env: { TILE_CACHE_MIN_FREE: '16m' } });
  t.after(vitrine.stop);
  const reader = await loggedIn(vitrine, vitrine.admin);
  const stranger = new Client(vitrine.url);
  const cookie = await cookieOfLogin(vitrine, vitrine.admin);
  const health = async () => {
    const { status, text } = await stranger.ask('/auth/health');
    return { status, ...JSON.parse(text) };
  };
  assert.deepEqual(await health(), { status: 'ok' });
  const photo = (/** @type {string} */ name) => reader.ask(`/iiif/images/maps!${name}/full/100,/0/default.jpg`);
  assert.equal((await photo('photo.jpg')).status, 200);
  assert.equal((await reader.ask(tile(76))).status, 200);

  disk.fill();
  await until('it is noticed', () => vitrine.log.includes('the disk of the finished tiles is full'));

  await t.test('images that are not in the cache are 200 and whole', async () => {
    for (const width of [77, 400, 1199, 1000, 77]) {
      const { status, body } = await reader.ask(`${tile(width)}?token=secret`, {
        headers: { Referer: 'https://evil.example/' },
      });
      assert.equal(status, 200);
      assert.equal(jpegSize(body).width, width);
    }
  });

  await t.test(
    'one that was made before is shown, one that would have to be made is 503, and the log says why',
    async () => {
      assert.equal((await reader.ask('/iiif/images/maps!photo.jpg/full/101,/0/default.jpg')).status, 200);
      await makePicture(join(images, 'maps/new.jpg'), { x: 400 });
      const { headers, text } = await reader.until(
        '/iiif/images/maps!new.jpg/full/100,/0/default.jpg',
        ({ status }) => status === 503,
        10,
      );
      assert.equal(headers['retry-after'], '30');
      assert.equal(JSON.parse(text).error, 'unavailable');
      await until('it in the log', () => /new images cannot be shown now: \S/.test(vitrine.log));
    },
  );

  await t.test('health says so', async () => {
    const { status, message } = await health();
    assert.equal(status, 'disk_full');
    assert.match(message, /disk of DATA_DIR is full/);
    assert.equal((await stranger.ask('/auth/health')).status, 503);
  });

  await t.test('nobody logs in, and is told', async () => {
    const { status } = await new Client(vitrine.url).logIn(vitrine.admin.email, vitrine.admin.password);
    assert.equal(status, 503);
  });

  await t.test('a logout holds although it cannot be written', async () => {
    assert.equal((await stranger.ask(tile(78), { headers: { cookie } })).status, 200);
    const { status, headers } = await stranger.ask('/auth/logout', { headers: { cookie } });
    assert.equal(status, 200);
    assert.ok(headers['set-cookie']?.some((line) => /vitrine_access=;/.test(line)));
    await stranger.until(tile(78), (answer) => answer.status === 401, 3, { headers: { cookie } });
    await until('a line', () => vitrine.log.includes('a logout could not be written'));
  });

  disk.free();
  await until('there is room again', () => vitrine.log.includes('there is room for finished tiles again'));

  await t.test('with room again all is as before, and the logout still holds', async () => {
    assert.deepEqual(await health(), { status: 'ok' });
    assert.equal((await (await loggedIn(vitrine, vitrine.admin)).ask(tile(90))).status, 200);
    assert.equal((await photo('new.jpg')).status, 200);
    assert.equal((await stranger.ask(tile(78), { headers: { cookie } })).status, 401);
  });

  assert.doesNotMatch(vitrine.log, /token=secret|evil\.example|client: /);
});
