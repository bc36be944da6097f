// Which route answers which address, and that no spelling of an address leads anywhere else.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { send } from '../../test-support/rawHttp.mjs';
import { image, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

const base = '/iiif/images/maps!island.tif';

for (const path of [
  '/',
  '/?a=b',
  '/auth/iiif-login?origin=https://viewer.example.org',
  '/auth/iiif/2/probe/maps!island.tif',
  '/auth/admin/',
  '/iiif/manifests',
  '/iiif/manifests?x=y',
  '/iiif/manifests/',
  '/iiif/manifests/maps',
  '/iiif/manifests/Fotos%20K%C3%B6ln!Details',
  '/iiif/manifests/maps%2Fa',
  '/iiif/3/manifests/maps',
  '/demo/',
  '/demo/login/manifest3.json',
  `${base}/info.json`,
  '/iiif/images/maps%2Fisland.tif/info.json?x=y',
  '/iiif/3/images/maps!island.tif/info.json',
  base,
]) {
  test(`auth answers ${path}, as it was written`, async () => {
    stack.auth.answer = () => ({
      status: 200,
      headers: { 'Cache-Control': 'max-age=7', ETag: '"d"' },
      body: 'document',
    });
    const answer = await stack.ask(path);
    assert.equal(answer.body.toString(), 'document');
    assert.deepEqual(
      stack.auth.asked.map(({ url }) => url),
      [path],
    );
    assert.deepEqual(answer.headers['cache-control'], ['max-age=7']);
    assert.deepEqual(answer.headers.etag, ['"d"']);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  });
}

test('browsers find an icon, and nobody is asked for it', async () => {
  const { status, headers, body } = await stack.ask('/favicon.ico');
  assert.deepEqual([status, headers['content-type']], [200, ['image/svg+xml']]);
  assert.match(body.toString(), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*<\/svg>$/);
  assert.deepEqual(stack.auth.asked, []);
});

test("a document's own error passes as it is", async () => {
  stack.auth.answer = () => ({ status: 401, headers: { 'Content-Type': 'application/ld+json' }, body: '{"@id":1}' });
  const answer = await stack.ask(`${base}/info.json`);
  assert.equal(answer.status, 401);
  assert.equal(answer.body.toString(), '{"@id":1}');
});

for (const path of [
  '/nothing',
  '/auth',
  '/authX',
  '/iiif/manifestsX',
  '/demo',
  '/demonstration/',
  '/Auth/admin/',
  '/iiif',
  '/iiif/',
  '/iiif/images',
  '/iiif/images/',
  '/IIIF/images/x/info.json',
  '/iiif/Images/x/info.json',
  '/iiif/images;a=b/x/full/full/0/default.jpg',
  '/iiif/2/images/x/info.json',
  '/iiif/maps/island.tif/full/200,133/0/default.jpg',
  '/digilib/Scaler?fn=P',
  '/digilib/Scaler/vitrine-images/x/full/full/0/default.jpg',
  '/digilib/Manifester/..;/Scaler?fn=P',
  '/iiif/manifests/..;/..;/Scaler/images/P/full/max/0/default.jpg',
  '/iiif/manifests/..;/..;/server/dlConfig.jsp',
  '/iiif/manifests/%2e%2e;/Scaler',
  '/iiif/manifests/x;jsessionid=1',
  '/iiif/manifests/../images/x/full/full/0/default.jpg',
  '/iiif/manifests/%2E%2E/images/x/full/full/0/default.jpg',
  '/iiif/manifests//x',
  '/iiif/manifests/.hidden',
  '/iiif/manifests/a\\b',
  '/iiif/manifests/a%5Cb',
  '/auth/../iiif/images/x/full/full/0/default.jpg',
  '/auth/./admin/',
  '/x/../auth/admin/',
  '//',
  '/manager/html',
  '/.git/config',
  '/.env',
  '/metrics',
  '/.image',
  '/.document',
  '/.decide',
  '/.error/400',
  '/@unavailable',
]) {
  test(`row 102: nothing is at ${path}, and nobody is asked`, async () => {
    const answer = await stack.ask(path);
    assert.equal(answer.status, 404);
    assert.deepEqual(Object.keys(answer.json ?? {}), ['error', 'message']);
    assert.deepEqual(answer.headers['cache-control'], ['no-store']);
    assert.equal(stack.auth.asked.length, 0);
    assert.equal(stack.images.asked.length, 0);
  });
}

for (const path of [
  '/auth/query_auth',
  '/auth/query_auth?x=y',
  '/auth/query_auth/',
  '/auth/query_auth/x',
  '/auth/Query_Auth',
  '/auth/%71uery_auth',
  '/auth/query%5Fauth',
  '/auth/query_auth%3Fx',
  '/auth//query_auth',
  '/auth/./query_auth',
  '/auth/x/../query_auth',
  '/auth/x%2F..%2Fquery_auth',
  '/auth%2Fquery_auth',
  '/auth/query_auth;x',
  '/auth/query_auth%3Bx',
  '/auth/query_auth%20',
]) {
  test(`row 103: the question itself is not for clients: ${path}`, async () => {
    const answer = await stack.ask(path, { headers: { 'X-Original-URI': image, 'X-Original-Method': 'GET' } });
    assert.equal(answer.status, 404);
    assert.equal(answer.json?.error, 'not_found');
    assert.equal(stack.auth.asked.length, 0);
  });
}

for (const path of [
  '/iiif/images/%73ecret.tif/full/200,/0/default.jpg',
  '/iiif/images/%2573ecret.tif/full/200,/0/default.jpg',
  '/iiif/images/pub%2f..%2fP/full/200,/0/default.jpg',
  '/iiif/images/x!..!P/full/200,/0/default.jpg',
  `${base}/full/200,/0/default.jpg&FIF=P2&CVT=jpeg`,
  `${base}/full/200,/0/default.jpg%26FIF=P2`,
  `${base}/info.json&FIF=P2`,
  `${base};x=y/full/200,/0/default.jpg`,
  '/iiif/images/a%5cb/full/200,/0/default.jpg',
  '/iiif/images/%C0%AF/full/200,/0/default.jpg',
  '/iiif/images/a%0d%0aX-Image-Path:x/full/200,/0/default.jpg',
  '/iiif/3/images/x/full/%5E200,/0/default.jpg',
]) {
  test(`auth judges ${path} as it was written`, async () => {
    stack.auth.answer = () => ({
      status: 403,
      headers: { 'X-Deny': 400, 'X-Deny-Body': '{"error":"e","message":"m"}' },
    });
    assert.equal((await stack.ask(path)).status, 400);
    assert.deepEqual(
      stack.auth.asked.map(({ url, headers }) => [url, headers['x-original-uri']]),
      [['/auth/query_auth', path]],
    );
    assert.equal(stack.images.asked.length, 0);
  });
}

test('an image below a document, a document below an image: what is read is what is judged', async () => {
  stack.auth.answer = () => ({ status: 401 });
  const climbing = `${image}/../../../../../../auth/admin/`;
  assert.equal((await stack.ask(climbing)).status, 401);
  assert.deepEqual(
    stack.auth.asked.map(({ url }) => url),
    ['/auth/query_auth'],
  );
});

test('row 102: a query is no part of what the image server hears', async () => {
  assert.equal((await stack.ask(`${image}?fn=P&IIIF=P&FIF=P`)).status, 200);
  assert.ok(!String(stack.images.asked[0].url).includes('?'));
});

test('an absolute address counts by its path', async () => {
  stack.auth.answer = () => ({ status: 200, body: 'document' });
  await stack.ask('http://images.example.org/iiif/manifests/maps', { headers: { Host: 'evil.example' } });
  const [{ url, headers }] = stack.auth.asked;
  assert.equal(url, '/iiif/manifests/maps');
  assert.equal(headers.host, 'images.example.org');
});

for (const [what, head, status] of [
  ['a NUL', 'GET /iiif/images/a%00b/full/full/0/default.jpg HTTP/1.1', 400],
  ['a broken escape', 'GET /iiif/images/%ZZ/full/full/0/default.jpg HTTP/1.1', 400],
  ['a climb above the root', 'GET /../../etc/passwd HTTP/1.1', 400],
  ['no host', 'GET / HTTP/1.1', 400, ''],
  ['a method in small letters', 'get / HTTP/1.1', 400],
  ['an address of 40 kB', `GET /${'a'.repeat(40_000)} HTTP/1.1`, 414],
  ['an address of 9 kB', `GET /auth/${'a'.repeat(9000)} HTTP/1.1`, 414],
  ['a cookie of 41 kB', `GET / HTTP/1.1\r\nCookie: ${'a'.repeat(41_000)}`, 431],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: y', 400],
  ['two credentials', 'GET / HTTP/1.1\r\nAuthorization: a\r\nAuthorization: b', 400],
  ['two ways to say how long', 'POST /auth/x HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked', 400],
  ['an unknown way to send', 'POST /auth/x HTTP/1.1\r\nTransfer-Encoding: xchunked', 501],
  ['a length with a sign', 'POST /auth/x HTTP/1.1\r\nContent-Length: +5', 400],
]) {
  test(`${what}: ${status} in JSON, and what follows is not read as a request`, async () => {
    const host = what === 'no host' ? '' : 'Host: localhost\r\n';
    const bytes = `${head}\r\n${host}Connection: close\r\n\r\nGET /auth/smuggled HTTP/1.1\r\nHost: x\r\n\r\n`;
    const text = (await send(stack.port, bytes)).toString('latin1');
    assert.match(
      text,
      new RegExp(
        `^HTTP/1.1 ${status} [^]*\r\nContent-Type: application/json\r\n[^]*\\{"error":"[a-z_]+","message":"[^"]+"\\}$`,
      ),
    );
    assert.equal(text.match(/HTTP\/1\.1/g)?.length, 1);
    assert.equal(stack.auth.asked.length, 0);
  });
}
