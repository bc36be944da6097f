// What must hold of every running Vitrine with the sample images, however it was started and whatever renders its
// images. Only its address and its administrator are known here.
import assert from 'node:assert/strict';
import { Client } from '../../test-support/client.mjs';
import { jpegSize, pngSize } from '../../test-support/pictureSize.mjs';
import { Checklist } from './checklist.mjs';
import { island, islandTile, nativeTile, samples } from './samples.mjs';

/**
 * What runs, and its administrator. `gray`: the format in which its image server makes gray pictures, jpg where nothing is
 * said.
 * @typedef {{baseUrl: string, email: string, password: string, gray?: 'jpg' | 'png'}} Server
 * @typedef {import('../../test-support/ask.mjs').Answer} Answer
 */

/**
 * @param {Answer} answer
 * @param {number[]} statuses
 */
function isRefusal(answer, ...statuses) {
  assert.ok(
    statuses.includes(answer.status),
    `${answer.status}, not ${statuses.join(' or ')}: ${answer.text.slice(0, 200)}`,
  );
  assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
  const { error, message } = JSON.parse(answer.text);
  assert.ok(error && message, answer.text);
}

/**
 * @param {Answer} answer
 * @param {number} width
 * @param {number} height
 * @param {'jpg' | 'png'} [format]
 */
function isPicture(answer, width, height, format = 'jpg') {
  assert.equal(answer.status, 200, answer.text.slice(0, 200));
  assert.equal(answer.headers['content-type'], { jpg: 'image/jpeg', png: 'image/png' }[format]);
  assert.deepEqual({ jpg: jpegSize, png: pngSize }[format](answer.body), { width, height });
}

/**
 * What the tests read of a JSON-LD document of version 2 and of the services in it; a service that stands elsewhere
 * already is only its address.
 * @typedef {{'@id': string, profile?: string, service?: Service | Service[]}} Service
 */
/** @type {(service: Service | Service[] | undefined) => Service[]} */
const as = (list) => (Array.isArray(list) ? list : list === undefined ? [] : [list]);

/**
 * @param {Server} server
 * @returns {import('./checklist.mjs').Check[]}
 */
export function blackBox({ baseUrl, email, password, gray = 'jpg' }) {
  const nobody = new Client(baseUrl);
  const admin = new Client(baseUrl);
  let token = '';
  const { checks, add: check } = new Checklist();

  check('the start page names the collection and the login', async () => {
    const page = await nobody.ask('/');
    assert.equal(page.status, 200);
    assert.match(page.headers['content-type'] ?? '', /^text\/html/);
    assert.match(page.text, /\/iiif\/manifests\//);
    assert.match(page.text, /\/auth\/iiif-login/);
  });

  check('the root is a collection of the folders', async () => {
    const answer = await nobody.ask('/iiif/manifests/');
    assert.equal(answer.status, 200);
    const collection = JSON.parse(answer.text);
    assert.equal(collection['@type'], 'sc:Collection');
    const members = [...(collection.manifests ?? []), ...(collection.collections ?? []), ...(collection.members ?? [])];
    for (const folder of ['Fotos%20K%C3%B6ln', 'maps']) {
      assert.ok(
        members.map((/** @type {Service} */ member) => member['@id']).includes(`${baseUrl}/iiif/manifests/${folder}`),
        `${folder} in ${answer.text}`,
      );
    }
  });

  check('a folder is a manifest in natural order, with true sizes and the login for each image', async () => {
    const answer = await nobody.ask('/iiif/manifests/Fotos%20K%C3%B6ln');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    const manifest = JSON.parse(answer.text);
    assert.equal(manifest['@type'], 'sc:Manifest');
    /** @type {{width: number, height: number, images: {resource: {service: Service}}[]}[]} */
    const canvases = manifest.sequences[0].canvases;
    assert.deepEqual(
      canvases.map(({ width, height }) => [width, height]),
      [
        [3000, 2000],
        [2000, 2800],
      ],
    );
    const services = canvases.map(({ images }) => images[0].resource.service);
    assert.match(services[0]['@id'], /\/iiif\/images\/Fotos%20K%C3%B6ln(!|%21)page2(\.tif)?$/);
    // Written out once, named by its address after that (Presentation API 2.1, section 8).
    assert.equal(as(services[0].service)[0].profile, 'http://iiif.io/api/auth/1/login');
    const logins = services.map(({ service }) => {
      const [login] = as(service);
      return typeof login === 'string' ? login : login['@id'];
    });
    assert.deepEqual(logins, Array(2).fill(`${baseUrl}/auth/iiif-login`));
  });

  for (const { id, width, height } of samples) {
    check(`${decodeURIComponent(id)}: 401 with the whole info.json and the login`, async () => {
      const answer = await nobody.ask(`/iiif/images/${id}/info.json`);
      assert.equal(answer.status, 401);
      assert.match(answer.headers['content-type'] ?? '', /^application\/(ld\+)?json/);
      assert.equal(answer.headers['access-control-allow-origin'], '*');
      const info = JSON.parse(answer.text);
      assert.deepEqual([info['@id'], info.width, info.height], [`${baseUrl}/iiif/images/${id}`, width, height]);
      assert.ok(info.tiles[0].scaleFactors.length > 2, 'deep zoom');
      const login = as(info.service).find((service) => service.profile === 'http://iiif.io/api/auth/1/login');
      assert.equal(login?.['@id'], `${baseUrl}/auth/iiif-login`);
      const inner = new Map(as(login.service).map((service) => [service.profile, service['@id']]));
      assert.equal(inner.get('http://iiif.io/api/auth/1/token'), `${baseUrl}/auth/iiif-token`);
      assert.equal(inner.get('http://iiif.io/api/auth/1/logout'), `${baseUrl}/auth/logout`);
    });
  }

  check('an image without login: 401 in JSON, no pixels', async () => {
    isRefusal(await nobody.ask(islandTile), 401);
    isRefusal(await nobody.ask('/iiif/images/maps!nothing.tif/full/200,/0/default.jpg'), 401);
  });

  check('a wrong password lets nobody in', async () => {
    const stranger = new Client(baseUrl);
    const answer = await stranger.logIn(email, `${password}x`);
    assert.equal(answer.status, 401);
    isRefusal(await stranger.ask(islandTile), 401);
  });

  check('the form logs in', async () => {
    const form = await admin.ask('/auth/iiif-login?origin=https%3A%2F%2Fviewer.example');
    assert.equal(form.status, 200);
    for (const field of ['email', 'password']) assert.match(form.text, new RegExp(`name="${field}"`));
    const answer = await admin.logIn(email, password);
    assert.ok([200, 302, 303].includes(answer.status), `${answer.status} ${answer.text}`);
    const cookies = answer.headers['set-cookie'] ?? [];
    assert.ok(cookies.length > 0, 'a cookie');
    for (const line of cookies) assert.match(line, /HttpOnly/i);
  });

  check('with the cookie: tiles of the right size', async () => {
    isPicture(await admin.ask(islandTile), 512, 512);
    isPicture(await admin.ask(nativeTile), 256, 256);
    isPicture(await admin.ask(`${island}/3584,2560,416,440/416,440/0/default.jpg`), 416, 440);
    isPicture(await admin.ask(`${island}/full/500,/0/default.jpg`), 500, 375);
    isPicture(await admin.ask(`${island}/full/500,/90/color.jpg`), 375, 500);
    isPicture(await admin.ask(`${island}/full/500,/90/gray.${gray}`), 375, 500, gray);
    for (const { id } of samples)
      isPicture(await admin.ask(`/iiif/images/${id}/512,512,512,512/256,/0/default.jpg`), 256, 256);
  });

  check('other spellings of an identifier: without extension, %2F for !', async () => {
    for (const id of ['maps!island', 'maps%2Fisland.tif', 'maps%21island.tif']) {
      isPicture(await admin.ask(`/iiif/images/${id}/full/200,/0/default.jpg`), 200, 150);
    }
  });

  check('a tile says that it is private, for any page, and whether it is still the same', async () => {
    const first = await admin.ask(islandTile);
    assert.match(first.headers['cache-control'] ?? '', /private/);
    assert.equal(first.headers['access-control-allow-origin'], '*');
    assert.equal(first.headers['content-disposition'], undefined);
    const headers = { 'If-None-Match': first.headers.etag };
    assert.equal((await admin.ask(islandTile, { headers })).status, 304);
    isRefusal(await nobody.ask(islandTile, { headers }), 401);
    assert.deepEqual((await admin.ask(islandTile)).body, first.body);
  });

  check('preflight: 204 for everybody; no other methods', async () => {
    const headers = { Origin: 'https://viewer.example', 'Access-Control-Request-Method': 'GET' };
    assert.equal((await nobody.ask(islandTile, { method: 'OPTIONS', headers })).status, 204);
    isRefusal(await admin.ask(islandTile, { method: 'POST' }), 405);
  });

  check('a token, asked for directly, opens descriptions and images', async () => {
    assert.equal((await nobody.ask('/auth/iiif-token')).status, 401);
    const answer = await admin.ask('/auth/iiif-token');
    assert.equal(answer.status, 200);
    token = JSON.parse(answer.text).accessToken;
    const headers = { Authorization: `Bearer ${token}` };
    const info = await nobody.ask(`${island}/info.json`, { headers });
    assert.equal(info.status, 200);
    assert.equal(info.text, (await nobody.ask(`${island}/info.json`)).text);
    isPicture(await nobody.ask(islandTile, { headers }), 512, 512);
  });

  for (const [problem, address] of [
    ['a region that is none', 'maps!island.tif/abc/200,/0/default.jpg'],
    ['a region outside', 'maps!island.tif/90000,0,100,100/100,/0/default.jpg'],
    ['a size of nothing', 'maps!island.tif/full/0,/0/default.jpg'],
    ['far too large', 'maps!island.tif/full/30000,30000/0/default.jpg'],
    ['a rotation that is none', 'maps!island.tif/full/200,/abc/default.jpg'],
    ['no such file', 'maps!nothing.tif/full/200,/0/default.jpg'],
    ['a folder', 'maps/full/200,/0/default.jpg'],
    ['another extension', 'maps!island.xyz/full/200,/0/default.jpg'],
    ['out of the folder', 'maps!..!..!etc!passwd/full/200,/0/default.jpg'],
    ['out of the folder, escaped', '%2e%2e%2f%2e%2e%2fetc%2fpasswd/full/200,/0/default.jpg'],
    ['escaped twice', 'maps%252Fisland.tif/full/200,/0/default.jpg'],
    ['a zero byte', 'maps!island.tif%00.jpg/full/200,/0/default.jpg'],
    ['a semicolon', 'maps!island.tif;x=1/full/200,/0/default.jpg'],
    ['a backslash', 'maps%5Cisland.tif/full/200,/0/default.jpg'],
    ['a leading dot', '.!maps!island.tif/full/200,/0/default.jpg'],
    ['a description of nothing', 'maps!nothing.tif/info.json'],
    ['a description escaped twice', 'maps%252Fisland.tif/info.json'],
  ]) {
    check(`${problem}: 400 or 404`, async () => {
      isRefusal(await admin.ask(`/iiif/images/${address}`), 400, 404);
    });
  }

  for (const address of [
    '/auth/query_auth',
    '/auth/query_auth/',
    '/digilib/Scaler/vitrine-images/maps!island.tif/full/200,/0/default.jpg',
    '/digilib/digilib.html',
    '/iiif/maps/island.tif/full/200,/0/default.jpg',
    '/iiif//images/maps!island.tif/info.json?IIIF=maps/island.tif/full/200,/0/default.jpg',
    '/fcgi-bin/iipsrv.fcgi?FIF=maps/island.tif&CVT=jpeg',
    '/etc/passwd',
  ]) {
    check(`${address.slice(0, 50)}: 404`, async () => {
      assert.equal((await admin.ask(address)).status, 404);
    });
  }

  check('after logging out neither cookie nor token opens anything', async () => {
    const answer = await admin.ask('/auth/logout', { headers: { 'Sec-Fetch-Site': 'same-origin' } });
    assert.ok(answer.status < 400, `${answer.status} ${answer.text}`);
    await admin.until(islandTile, ({ status }) => status === 401, 5);
    const headers = { Authorization: `Bearer ${token}` };
    await nobody.until(islandTile, ({ status }) => status === 401, 5, { headers });
  });

  return checks;
}
