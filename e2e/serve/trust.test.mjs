// Headers that only the proxy may set, other hosts, requests inside requests.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, send } from '../../test-support/rawHttp.mjs';
import { island, islandTile } from '../compose/samples.mjs';
import { isJsonError } from '../support/jsonError.mjs';
import { cookieOfLogin } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe();
after(vitrine.stop);
const port = Number(new URL(vitrine.url).port);
const Cookie = await cookieOfLogin(vitrine, vitrine.admin);

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
  for (const { name, headers } of [
    ...Object.entries(spoofed).map(([name, value]) => ({ name, headers: { [name]: value } })),
    { name: 'all of them', headers: spoofed },
  ]) {
    isJsonError(await ask(port, islandTile, { headers }), 401);
    const own = await ask(port, islandTile, { headers: { ...headers, Cookie } });
    assert.equal(own.status, 200, name);
    assert.deepEqual(own.body, plain.body, name);
    assert.deepEqual((await ask(port, `${island}/info.json`, { headers })).body, info.body, name);
  }
});

test('another host, in the header or in the address, is 421 in words; in the header beside ours it changes nothing', async () => {
  for (const path of [`${island}/info.json`, '/iiif/manifests/maps', '/iiif/manifests/', '/', islandTile]) {
    for (const [target, Host] of [
      [path, 'evil.example'],
      [path, 'evil.example:80'],
      [path, '%s%s%n'],
      [`http://evil.example${path}`, 'evil.example'],
      [`http://evil.example${path}`, 'localhost'],
    ]) {
      isJsonError(await ask(port, target, { headers: { Host, Cookie } }), 421);
    }
    if (path === islandTile) continue;
    const plain = (await ask(port, path)).body.toString();
    assert.ok(path === '/' || plain.includes(vitrine.url));
    const { body } = await ask(port, `http://localhost${path}`, { headers: { Host: 'evil.example' } });
    assert.equal(body.toString(), plain, path);
  }
});

test('an address that is claimed does not lift the limit of wrong passwords', async () => {
  const attempt = (/** @type {number} */ number) => {
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
for (const { what, head, statuses } of [
  {
    what: 'both lengths',
    head: `POST /auth/iiif-login HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked`,
    statuses: [400],
  },
  {
    what: 'two lengths',
    head: `POST /auth/iiif-login HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 5`,
    statuses: [400],
  },
  {
    what: 'a length with a sign',
    head: `POST /auth/iiif-login HTTP/1.1\r\n${host}Content-Length: +4`,
    statuses: [400],
  },
  {
    what: 'an encoding that is none',
    head: `POST /auth/iiif-login HTTP/1.1\r\n${host}Transfer-Encoding: xchunked`,
    statuses: [400, 501],
  },
  {
    what: 'two encodings',
    head: `POST /auth/iiif-login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: x`,
    statuses: [400, 501],
  },
  { what: 'a space before the colon', head: `GET / HTTP/1.1\r\n${host}Content-Length : 4`, statuses: [400] },
  { what: 'a line that goes on', head: `GET / HTTP/1.1\r\n${host}X: a\r\n Content-Length: 4`, statuses: [400] },
  { what: 'two hosts', head: `GET / HTTP/1.1\r\n${host}Host: evil.example`, statuses: [400] },
  { what: 'no host', head: 'GET / HTTP/1.1', statuses: [400] },
]) {
  test(`${what}: refused, and what follows is no request`, async () => {
    const inner = `GET ${islandTile} HTTP/1.1\r\n${host}Cookie: ${Cookie}\r\n\r\n`;
    const text = (await send(port, `${head}\r\n\r\n0\r\n\r\n${inner}`)).toString('latin1');
    assert.match(text, new RegExp(`^HTTP/1.1 (${statuses.join('|')}) `));
    assert.equal(statusesOf(text).length, 1, text.slice(0, 500));
  });
}

test('several people on one connection: each request is decided alone', async () => {
  const get = (/** @type {string} */ headers, last = '') =>
    `GET ${islandTile} HTTP/1.1\r\n${host}${headers}${last}\r\n`;
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

/** @param {string} text */
function statusesOf(text) {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
