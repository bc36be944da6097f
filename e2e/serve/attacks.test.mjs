// What people try: other spellings of addresses, headers that only the proxy may set, requests inside requests.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, send } from '../../proxy/test/stack.mjs';
import { startServe } from '../support/serve.mjs';
import { Client } from '../compose/client.mjs';
import { island, islandTile } from '../compose/samples.mjs';

const vitrine = await startServe();
after(vitrine.stop);
const { port } = new URL(vitrine.url);
const login = await new Client(vitrine.url).logIn(vitrine.admin.email, vitrine.admin.password);
const Cookie = login.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');

const SOI = Buffer.from([0xff, 0xd8, 0xff]);
const parameters = 'full/200,/0/default.jpg';

function isJsonError({ status, headers, json, body }, ...statuses) {
  assert.ok(statuses.includes(status), `${status}: ${body.toString().slice(0, 200)}`);
  assert.ok(json?.error && json.message, body.toString().slice(0, 200));
  assert.ok(!body.includes(SOI), 'no picture');
  for (const name of ['x-image-path', 'x-image-version', 'x-deny', 'x-deny-body', 'x-powered-by', 'location']) {
    assert.equal(headers[name], undefined, name);
  }
}

for (const path of [
  `/iiif/manifests/..;/..;/Scaler/images/maps!island.tif/${parameters}`,
  `/iiif/manifests/..;/images/maps!island.tif/${parameters}`,
  `/iiif/manifests/../maps/island.tif/${parameters}`,
  `/iiif/manifests/%2e%2e/maps/island.tif/${parameters}`,
  '/digilib/Manifester/..;/Scaler?fn=maps/island.tif',
  '/iiif/manifests/..;/..;/server/dlConfig.jsp',
  `/iiif//images/maps!island.tif/${parameters}`,
  `//iiif/images/maps!island.tif/${parameters}`,
  `/./iiif/images/maps!island.tif/${parameters}`,
  `/iiif/images/../images/maps!island.tif/${parameters}`,
  `/iiif/images/%2e%2e/images/maps!island.tif/${parameters}`,
  `/iiif/images//maps!island.tif/${parameters}`,
  `/iiif/images/maps!island.tif//${parameters}`,
  `/IIIF/images/maps!island.tif/${parameters}`,
  `/iiif/Images/maps!island.tif/${parameters}`,
  `/iiif/images;a=b/maps!island.tif/${parameters}`,
  `/iiif/images/maps!island.tif;a=b/${parameters}`,
  `/iiif/images/maps!island.tif%3Ba=b/${parameters}`,
  `/iiif/images/maps%252Fisland.tif/${parameters}`,
  `/iiif/images/maps%2521island.tif/${parameters}`,
  `/iiif/images/%256daps!island.tif/${parameters}`,
  `/iiif/images/maps!..!maps!island.tif/${parameters}`,
  `/iiif/images/maps%2f..%2fmaps%2fisland.tif/${parameters}`,
  `/iiif/images/.!maps!island.tif/${parameters}`,
  `/iiif/images/!maps!island.tif/${parameters}`,
  `/iiif/images/maps!!island.tif/${parameters}`,
  `/iiif/images/maps!island.tif!/${parameters}`,
  `/iiif/images/maps!island.tif.jpg/${parameters}`,
  `/iiif/images/maps!ISLAND.tif/${parameters}`,
  `/iiif/images/maps%5Cisland.tif/${parameters}`,
  `/iiif/images/maps\\island.tif/${parameters}`,
  `/iiif/images/maps!island.tif%00/${parameters}`,
  `/iiif/images/maps!island.tif%0d%0aX-Image-Path:%20x/${parameters}`,
  `/iiif/images/maps%C0%AFisland.tif/${parameters}`,
  `/iiif/images/maps!island.tif%ZZ/${parameters}`,
  `/iiif/images/Fotos+K%C3%B6ln!page2.tif/${parameters}`,
  `/iiif/images/!etc!passwd/${parameters}`,
  `/iiif/images/..%2f..%2f..%2fetc%2fpasswd/${parameters}`,
  `${island}/${parameters}&FIF=maps/sky.jp2&CVT=jpeg`,
  `${island}/${parameters}%26FIF=maps/sky.jp2`,
  `${island}/${parameters}&IIIF=maps/sky.jp2/${parameters}`,
  `${island}/${parameters}%3FIIIF=maps/sky.jp2/${parameters}`,
  `${island}/${parameters}/`,
  `${island}/${parameters}/../../../../../sky.jp2/${parameters}`,
  `${island}/full/200,/0/default.jpg%00.png`,
  `${island}/info.json&FIF=maps/sky.jp2`,
  `${island}/info.json/x`,
  `/maps/island.tif/${parameters}`,
  `/iiif/maps/island.tif/${parameters}`,
  `/fcgi-bin/iipsrv.fcgi?IIIF=maps/island.tif/${parameters}`,
  '/fcgi-bin/iipsrv.fcgi?FIF=maps/island.tif&CVT=jpeg',
]) {
  test(`no picture at ${path}, with and without login`, async () => {
    isJsonError(await ask(port, path, { headers: { Cookie } }), 400, 404);
    isJsonError(await ask(port, path), 400, 401, 404);
  });
}

for (const query of [
  '?IIIF=maps/sky.jp2/full/full/0/default.jpg',
  '?FIF=maps/sky.jp2&CVT=jpeg',
  '?fn=x',
  '?../../x',
  '?',
]) {
  test(`${query} changes neither the picture nor the decision`, async () => {
    const plain = await ask(port, islandTile, { headers: { Cookie } });
    const { status, body } = await ask(port, islandTile + query, { headers: { Cookie } });
    assert.equal(status, 200);
    assert.deepEqual(body, plain.body);
    isJsonError(await ask(port, islandTile + query), 401);
  });
}

for (const path of [
  '/auth/query_auth',
  '/auth/query_auth/',
  '/auth/query_auth?x=y',
  '/auth/Query_Auth',
  '/auth/QUERY_AUTH',
  '/auth/%71uery_auth',
  '/auth/query%5Fauth',
  '/auth/%2571uery_auth',
  '/auth//query_auth',
  '/auth/./query_auth',
  '/auth/x/../query_auth',
  '/auth/%2e/query_auth',
  '/auth%2Fquery_auth',
  '/auth/query_auth;x',
  '/auth/query_auth%00',
  '/auth/query_auth%20',
  '/auth/query_auth.',
  '/auth/admin/../query_auth',
  '/auth/admin/..%2fquery_auth',
  '/.decide',
]) {
  test(`the question itself is not for clients: ${path}`, async () => {
    const headers = { Cookie, 'X-Original-URI': islandTile, 'X-Original-Method': 'GET' };
    const { status, headers: answered } = await ask(port, path, { headers });
    assert.ok([400, 404].includes(status), `${status}`);
    assert.equal(answered['x-image-path'], undefined);
  });
}

const spoofed = {
  'X-Original-URI': '/iiif/images/maps!sky.jp2/full/10,/0/default.jpg',
  X_Original_URI: '/iiif/images/maps!sky.jp2/full/10,/0/default.jpg',
  'X-Original-Method': 'OPTIONS',
  'X-Original-URL': '/auth/query_auth',
  'X-Rewrite-URL': '/auth/query_auth',
  'X-Image-Path': '/iiif/maps/sky.jp2/full/10,10/0/default.jpg',
  X_Image_Path: '/iiif/maps/sky.jp2/full/10,10/0/default.jpg',
  'X-Image-Version': '0',
  'X-Image-ETag': '"x"',
  'X-Deny': '304',
  'X-Deny-Body': '{}',
  'X-Accel-Redirect': '/.image',
  'X-Accel-Expires': '86400',
  'X-Forwarded-For': '127.0.0.1, 10.0.0.1',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '1',
  'X-Forwarded-Uri': '/',
  'X-HTTP-Method-Override': 'OPTIONS',
  'X-IIIF-ID': '%s%s%n',
  Forwarded: 'for=127.0.0.1;host=evil.example;proto=https',
  'Remote-User': 'admin@localhost',
  Referer: '%s%s%n',
};

test('headers that only the proxy may set change nothing', async () => {
  const plain = await ask(port, islandTile, { headers: { Cookie } });
  const info = await ask(port, `${island}/info.json`);
  for (const [name, value] of [...Object.entries(spoofed), ['all of them']]) {
    const headers = value === undefined ? spoofed : { [name]: value };
    isJsonError(await ask(port, islandTile, { headers }), 401);
    const own = await ask(port, islandTile, { headers: { ...headers, Cookie } });
    assert.equal(own.status, 200, name);
    assert.deepEqual(own.body, plain.body, name);
    assert.deepEqual((await ask(port, `${island}/info.json`, { headers })).body, info.body, name);
  }
});

test('another host, in the header or in the address, changes no address that is written', async () => {
  for (const path of [`${island}/info.json`, '/iiif/manifests/maps', '/iiif/manifests/', '/']) {
    const plain = (await ask(port, path)).body.toString();
    assert.ok(path === '/' || plain.includes(vitrine.url));
    for (const [target, Host] of [
      [path, 'evil.example'],
      [path, '%s%s%n'],
      [`http://evil.example${path}`, 'evil.example'],
      [`http://evil.example${path}`, 'localhost'],
    ]) {
      const { status, body } = await ask(port, target, { headers: { Host } });
      if (status === 400) continue;
      assert.equal(body.toString(), plain, `${target} ${Host}`);
    }
  }
  isJsonError(await ask(port, `http://evil.example${islandTile}`), 401);
  const { status } = await ask(port, `http://evil.example${islandTile}`, { headers: { Cookie } });
  assert.equal(status, 200);
});

test('an address that is claimed does not lift the limit of wrong passwords', async () => {
  const attempt = (number) => {
    const body = `email=nobody%40localhost&password=wrong${number}`;
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(body.length),
      Origin: vitrine.url,
      'Sec-Fetch-Site': 'same-origin',
      'X-Forwarded-For': `10.1.2.${number}`,
      Forwarded: `for=10.1.2.${number}`,
    };
    return ask(port, '/auth/iiif-login', { method: 'POST', headers, body });
  };
  const statuses = [];
  for (let number = 1; number <= 12; number += 1) statuses.push((await attempt(number)).status);
  assert.deepEqual([statuses.at(0), statuses.at(-1)], [401, 429], statuses.join(' '));
});

const host = 'Host: localhost\r\n';
for (const [what, head, statuses] of [
  ['both lengths', `POST /auth/iiif-login HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked`, [400]],
  ['two lengths', `POST /auth/iiif-login HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 5`, [400]],
  ['a length with a sign', `POST /auth/iiif-login HTTP/1.1\r\n${host}Content-Length: +4`, [400]],
  ['an encoding that is none', `POST /auth/iiif-login HTTP/1.1\r\n${host}Transfer-Encoding: xchunked`, [400, 501]],
  [
    'two encodings',
    `POST /auth/iiif-login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: x`,
    [400, 501],
  ],
  ['a space before the colon', `GET / HTTP/1.1\r\n${host}Content-Length : 4`, [400]],
  ['a line that goes on', `GET / HTTP/1.1\r\n${host}X: a\r\n Content-Length: 4`, [400]],
  ['two hosts', `GET / HTTP/1.1\r\n${host}Host: evil.example`, [400]],
  ['no host', 'GET / HTTP/1.1', [400]],
]) {
  test(`${what}: refused, and what follows is no request`, async () => {
    const inner = `GET ${islandTile} HTTP/1.1\r\n${host}Cookie: ${Cookie}\r\n\r\n`;
    const text = (await send(port, `${head}\r\n\r\n0\r\n\r\n${inner}`)).toString('latin1');
    assert.match(text, new RegExp(`^HTTP/1.1 (${statuses.join('|')}) `));
    assert.equal(statusesOf(text).length, 1, text.slice(0, 500));
  });
}

test('several people on one connection: each request is decided alone', async () => {
  const get = (headers, last = '') => `GET ${islandTile} HTTP/1.1\r\n${host}${headers}${last}\r\n`;
  const own = `Cookie: ${Cookie}\r\n`;
  const text = (await send(port, get(own) + get('') + get(own) + get('', 'Connection: close\r\n'))).toString('latin1');
  assert.deepEqual(statusesOf(text), [200, 401, 200, 401]);
});

test('a body that looks like a request is a body, and the next request is not poisoned', async () => {
  const inner = `GET ${islandTile} HTTP/1.1\r\n${host}Cookie: ${Cookie}\r\n\r\n`;
  const head = `POST /auth/iiif-login HTTP/1.1\r\n${host}Origin: ${vitrine.url}\r\nSec-Fetch-Site: same-origin\r\n`;
  const next = `GET ${islandTile} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
  const type = 'Content-Type: application/x-www-form-urlencoded\r\n';
  for (const [length, body] of [
    [`Content-Length: ${inner.length}`, inner],
    ['Transfer-Encoding: chunked', `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`],
  ]) {
    const text = (await send(port, `${head}${type}${length}\r\n\r\n${body}${next}`)).toString('latin1');
    assert.deepEqual(statusesOf(text), [400, 401]);
    assert.ok(!text.includes('image/jpeg'));
  }
});

test('the image server has survived all this', async () => {
  assert.equal((await ask(port, `${island}/full/201,/0/default.jpg`, { headers: { Cookie } })).status, 200);
  assert.ok(!/signalled|ERROR|FATAL/.test(vitrine.log), vitrine.log);
});

function statusesOf(text) {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
