// Who gets a tile: from the cache or fresh, in which state, by which method, with which credentials.
import assert from 'node:assert/strict';
import { mkdir, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { cookieOfLogin, loggedIn } from '../support/loggedIn.mjs';
import { makePicture } from '../support/picturesToMake.mjs';
import { distance, gridOf, pixelsOf } from '../support/pixels.mjs';
import { startServe } from '../support/serve.mjs';

const images = await temporaryFolder('images');
await mkdir(join(images, 'box'));
for (const name of ['page.tif', 'leaf.tif']) await makePicture(join(images, 'box', name));

const vitrine = await startServe({ images });
after(vitrine.stop);
const nobody = new Client(vitrine.url);

/** @typedef {import('../../test-support/client.mjs').Answer} Answer */
/** @typedef {{x: number, y: number, width: number, height: number}} Part of a picture */

/** @type {Client} */
let visitor;
before(async () => (visitor = await loggedIn(vitrine, vitrine.admin)));

/**
 * @param {Answer} answer
 * @param {string} file
 * @param {Part} part
 */
async function shows(answer, file, part) {
  assert.deepEqual(jpegSize(answer.body), { width: 256, height: 256 });
  const apart = distance(gridOf(await pixelsOf(answer.body)), gridOf(await pixelsOf(file), part));
  assert.ok(apart < 6, `it shows something else: ${apart.toFixed(1)}`);
}

/** @param {Answer} answer */
function isRefused(answer, status = 401) {
  assert.equal(answer.status, status, answer.text.slice(0, 200));
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.ok(!answer.body.includes(Buffer.from([0xff, 0xd8, 0xff])), 'no picture');
}

suite('a tile as it is stored', () => {
  all('page.tif', { x: 0, y: 0, width: 256, height: 256 });
});
suite('a part that is rendered, and then comes from the tile cache', () => {
  all('leaf.tif', { x: 1, y: 0, width: 256, height: 256 });
});

/**
 * @param {string} name
 * @param {Part} part
 */
function all(name, part) {
  const master = join(images, 'box', name);
  const image = `/iiif/images/box!${name}`;
  const tile = `${image}/${part.x},0,256,256/256,256/0/default.jpg`;

  /** @type {Answer} */
  let first;
  before(async () => {
    first = await visitor.ask(tile);
    assert.equal(first.status, 200);
  });

  test('somebody without login asks for exactly what somebody else has just got: 401', async () => {
    assert.deepEqual((await visitor.ask(tile)).body, first.body);
    isRefused(await nobody.ask(tile));
    isRefused(await nobody.ask('/iiif/images/box!nothing.tif/0,0,256,256/256,256/0/default.jpg'));
  });

  for (const [name, value] of Object.entries({
    Range: 'bytes=0-99',
    'If-None-Match': '"x"',
    'If-Modified-Since': 'Sun, 22 Nov 2099 00:00:00 GMT',
    'If-Range': '"x"',
  })) {
    test(`${name}: 401 without login, the whole picture with it`, async () => {
      isRefused(await nobody.ask(tile, { headers: { [name]: value } }));
      const answer = await visitor.ask(tile, { headers: { [name]: value } });
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, first.body);
    });
  }

  test('HEAD: the same headers as GET, no body; 401 without login', async () => {
    const head = await visitor.ask(tile, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.body.length, 0);
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control', 'vary']) {
      assert.equal(head.headers[name], first.headers[name], name);
    }
    const refused = await nobody.ask(tile, { method: 'HEAD' });
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.etag, undefined);
  });

  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND']) {
    test(`${method} is refused, on images and on their descriptions, with and without login`, async () => {
      for (const client of [visitor, nobody]) {
        for (const path of [tile, `${image}/info.json`, '/iiif/manifests/box']) {
          isRefused(await client.ask(path, { method }), 405);
        }
      }
    });
  }

  for (const [what, cookie] of Object.entries({
    'another value': `vitrine_access=${'A'.repeat(43)}`,
    'an empty value': 'vitrine_access=',
    'half a line': 'vitrine_access',
    'seven kilobytes': `vitrine_access=${'A'.repeat(7000)}`,
    'broken escapes': 'vitrine_access=%E0%A4%A; x=%',
    'quotation marks': 'vitrine_access="; vitrine_access=\'',
  })) {
    test(`a cookie of ${what}: 401`, async () => {
      isRefused(await nobody.ask(tile, { headers: { cookie } }));
    });
  }

  for (const authorization of ['Bearer x', 'Bearer e30.e30.', `Bearer ${'a'.repeat(4000)}`, 'Basic YWRtaW46YWRtaW4=']) {
    test(`${authorization.slice(0, 30)}: 401`, async () => {
      isRefused(await nobody.ask(tile, { headers: { authorization } }));
    });
  }

  test('a picture that is replaced in place is never shown old, by no validator', async () => {
    const { etag } = first.headers;
    assert.equal((await visitor.ask(tile, { headers: { 'If-None-Match': etag } })).status, 304);
    await shows(first, master, part);

    const next = join(images, 'next.tif');
    await makePicture(next, { x: 2200 });
    // Older than the one it replaces, as `rsync -a` leaves it: iipsrv by itself would go on with what it knows.
    await utimes(next, new Date(0), new Date('2020-01-01'));
    await rename(next, master);
    // A file that was just found is cached for a second.
    const changed = await visitor.until(tile, ({ status, headers }) => status === 200 && headers.etag !== etag, 3, {
      headers: { 'If-None-Match': etag },
    });
    await shows(changed, master, part);
    for (const headers of [{}, { 'If-None-Match': etag }]) {
      const answer = await visitor.ask(tile, { headers });
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, changed.body);
    }
    assert.equal((await visitor.ask(tile, { headers: { 'If-None-Match': changed.headers.etag } })).status, 304);
  });

  test('after the logout: 401 within three seconds, whatever the browser has kept', async () => {
    const cookie = await cookieOfLogin(vitrine, vitrine.admin);
    const { status, headers } = await nobody.ask(tile, { headers: { cookie } });
    assert.equal(status, 200);
    await nobody.ask('/auth/logout', { headers: { cookie, 'Sec-Fetch-Site': 'same-origin' } });
    isRefused(await nobody.until(tile, (answer) => answer.status === 401, 3, { headers: { cookie } }));
    isRefused(await nobody.ask(tile, { headers: { cookie, 'If-None-Match': headers.etag } }));
    assert.equal((await visitor.ask(tile)).status, 200, 'the other login goes on');
  });
}
