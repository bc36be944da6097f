// The contract between nginx and auth: what is asked, and what becomes of each answer.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { send } from '../../test-support/rawHttp.mjs';
import { until } from '../../test-support/until.mjs';
import { allow, digilibPath, image, imagePath, picture, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

const jsonOf = (/** @type {import('../../test-support/rawHttp.mjs').RawAnswer} */ answer) => {
  assert.ok(answer.json);
  assert.deepEqual(answer.headers['content-type'], ['application/json']);
  assert.deepEqual(answer.headers['cache-control'], ['no-store']);
  assert.deepEqual(Object.keys(answer.json), ['error', 'message']);
  return answer.json;
};

const viewer = 'https://viewer.example.org';
const access = `vitrine_access=${'a'.repeat(43)}`;

test('200: the picture comes from the path that auth returned, as it is, with our headers', async () => {
  const path = imagePath.replace('.tif/full/200,133/0/', '.jp2/0,0,9,9/9,9/!90/');
  const link = '<http://img.example.org/iiif/images/a.tif/full/9,/0/default.jpg>;rel="canonical"';
  stack.auth.answer = () => allow({ 'X-Image-Path': path, 'X-Image-Link': link });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, picture);
  assert.equal(stack.images.asked[0].url, path);
  const { date: _date, connection: _connection, server, ...headers } = answer.headers;
  assert.deepEqual(server, ['nginx']);
  assert.deepEqual(headers, {
    'content-type': ['image/jpeg'],
    'content-length': [String(picture.length)],
    'cache-control': ['private, no-cache'],
    etag: ['"v1"'],
    link: [link],
    vary: ['Authorization, Cookie, Origin'],
    'access-control-allow-origin': ['*'],
    'cross-origin-resource-policy': ['cross-origin'],
    'x-content-type-options': ['nosniff'],
  });
});

test('whose pages may read and show a picture is what auth says of it, also where the browser has it already', async () => {
  for (const [origin, policy] of [
    [viewer, 'cross-origin'],
    ['', 'same-site'],
  ]) {
    stack.auth.answer = () => allow({ 'X-Image-Origin': origin, 'X-Image-Policy': policy });
    for (const [known, status] of [
      ['"v0"', 200],
      ['"v1"', 304],
    ]) {
      const answer = await stack.ask(image, { headers: { 'If-None-Match': String(known) } });
      assert.equal(answer.status, status);
      assert.deepEqual(answer.headers['access-control-allow-origin'], origin === '' ? undefined : [origin]);
      assert.deepEqual(answer.headers['cross-origin-resource-policy'], [policy]);
      assert.deepEqual(answer.headers.vary, ['Authorization, Cookie, Origin']);
    }
  }
});

for (const path of [digilibPath, digilibPath.replace('.tif/', '.reduced.tif/')]) {
  test(`a path for digilib is taken too: ${path}`, async () => {
    stack.auth.answer = () => allow({ 'X-Image-Path': path });
    assert.equal((await stack.ask(image)).status, 200);
    assert.equal(stack.images.asked[0].url, path);
  });
}

test("401: auth's words, open to scripts, never kept, no challenge that opens a browser's own dialogue", async () => {
  stack.auth.answer = () => ({
    status: 401,
    headers: { 'X-Deny-Body': '{"error":"login_required","message":"Log in."}' },
  });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 401);
  assert.deepEqual(jsonOf(answer), { error: 'login_required', message: 'Log in.' });
  assert.deepEqual(answer.headers['access-control-allow-origin'], ['*']);
  assert.deepEqual(answer.headers.vary, ['Authorization, Cookie, Origin, Sec-Fetch-Storage-Access']);
  assert.equal(answer.headers['activate-storage-access'], undefined);
  assert.equal(answer.headers['www-authenticate'], undefined);
  assert.equal(answer.headers.etag, undefined);
  assert.equal(stack.images.asked.length, 0);
});

test('the rule that refused is in the log, and nowhere else', async () => {
  const rule = 'access.yml: K%C3%B6ln "x"';
  stack.auth.answer = () => ({ status: 401, headers: { 'X-Deny-Rule': rule } });
  for (const address of [image, '/iiif/manifests/maps']) {
    const answer = await stack.ask(address);
    assert.equal(answer.status, 401);
    assert.equal(answer.headers['x-deny-rule'], undefined, address);
    const logged = (/** @type {string} */ line) =>
      line.includes(`"GET ${address}" 401 `) && line.includes(' rule="access.yml: K%C3%B6ln \\"x\\"" lane=');
    await until(`${address} in the log`, () => stack.log().split('\n').some(logged));
  }
  stack.auth.answer = () => ({ status: 200, headers: { 'X-Access-Rule': 'panel: maps' }, body: '{}' });
  const told = await stack.ask('/iiif/images/a.tif/info.json');
  assert.deepEqual(told.headers['x-access-rule'], ['panel: maps']);
  await until('a line without a rule', () => / rule="" lane=/.test(stack.log()));
});

test('401: a browser that has the permission to send its cookies and did not is told to try again', async () => {
  stack.auth.answer = () => ({ status: 401, headers: {} });
  const asked = (/** @type {string} */ origin, storage = 'inactive') =>
    stack.ask(image, { headers: { Origin: origin, 'Sec-Fetch-Storage-Access': storage } });
  const answer = await asked('https://viewer.example.net');
  assert.equal(answer.status, 401);
  assert.deepEqual(answer.headers['activate-storage-access'], ['retry; allowed-origin="https://viewer.example.net"']);
  for (const refused of [asked('https://a"; x="'), asked('null'), asked('https://viewer.example.net', 'none')]) {
    assert.equal((await refused).headers['activate-storage-access'], undefined);
  }
});

test('a signature in the path is in no log, and what it opens in no cache of a browser', async () => {
  // Some clients write ! as %21: no signature to auth, and none of anybody else's business.
  for (const mark of ['!', '%21']) {
    const answer = await stack.ask(`/iiif/3/images/${mark}t0psecret/maps!island.tif/full/200,/0/default.jpg?x=1`);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.headers['cache-control'], ['no-store']);
  }
  // Each process of nginx writes what it has once a second.
  await until('both in the log', () => ['/!/maps', '/%21/maps'].every((part) => stack.log().includes(part)));
  const log = stack.log();
  assert.match(log, /"GET \/iiif\/3\/images\/!\/maps!island\.tif\/full/);
  assert.match(log, /"GET \/iiif\/3\/images\/%21\/maps!island\.tif\/full/);
  assert.doesNotMatch(log, /t0psecret/);
});

test('a folder whose name begins with ~ is a folder like others, to the log and to the browser', async () => {
  const answer = await stack.ask('/iiif/3/images/~home!island.tif/full/200,/0/default.jpg');
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers['cache-control'], ['private, no-cache']);
  await until('the request in the log', () =>
    stack.log().includes('"GET /iiif/3/images/~home!island.tif/full/200,/0/default.jpg'),
  );
});

for (const status of [400, 403, 404, 500, 503]) {
  test(`403 with X-Deny ${status}: that status, in auth's words`, async () => {
    const headers = { 'X-Deny': status, 'X-Deny-Body': `{"error":"e${status}","message":"m"}` };
    stack.auth.answer = () => ({ status: 403, headers });
    const answer = await stack.ask(image);
    assert.equal(answer.status, status);
    assert.equal(jsonOf(answer).error, `e${status}`);
    assert.equal(stack.images.asked.length, 0);
  });
}

test('a client that has the picture already: 304 with the ETag and links, and no body', async () => {
  const link = '<http://iiif.io/api/image/2/level1.json>;rel="profile"';
  stack.auth.answer = () => allow({ 'X-Image-Link': link });
  for (const known of ['"v1"', 'W/"v1"', '"v0", W/"v1"', '*']) {
    const answer = await stack.ask(image, { headers: { 'If-None-Match': known } });
    assert.equal(answer.status, 304);
    assert.equal(answer.body.length, 0);
    assert.deepEqual(answer.headers.etag, ['"v1"']);
    assert.deepEqual(answer.headers.link, [link]);
    assert.deepEqual(answer.headers['cache-control'], ['private, no-cache']);
  }
  assert.equal(stack.images.asked.length, 0);
});

for (const known of ['"v2"', 'v1', '"v11"', '']) {
  test(`If-None-Match ${known} is of another picture, or of none: 200`, async () => {
    assert.equal((await stack.ask(image, { headers: { 'If-None-Match': known } })).status, 200);
  });
}

test('a picture without an ETag is never one that is known', async () => {
  stack.auth.answer = () => allow({ 'X-Image-ETag': '' });
  assert.equal((await stack.ask(image, { headers: { 'If-None-Match': '""' } })).status, 200);
});

test('403 without X-Deny is 403', async () => {
  stack.auth.answer = () => ({ status: 403 });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 403);
  assert.equal(jsonOf(answer).error, 'denied');
});

for (const [what, answerOfAuth] of Object.entries({
  'an error': { status: 500 },
  'its own 503': { status: 503 },
  'a redirect': { status: 302, headers: { Location: '/' } },
  404: { status: 404 },
  '200 without a path': { status: 200 },
  204: { status: 204 },
  'a dropped connection': { destroy: true },
})) {
  test(`${what} from auth opens nothing: 503`, async () => {
    stack.auth.answer = () => answerOfAuth;
    const answer = await stack.ask(image);
    assert.equal(answer.status, 503);
    assert.equal(jsonOf(answer).error, 'unavailable');
    assert.equal(stack.images.asked.length, 0);
  });
}

for (const path of [
  'http://127.0.0.1:1/x',
  `/${imagePath}`,
  `//evil${imagePath}`,
  imagePath.replace('01/', '01//'),
  imagePath.replace('01/', '01/../'),
  imagePath.replace('01/', '..;/'),
  imagePath.replace('/01/', '/maps/'),
  imagePath.replace('-0.tif', ''),
  imagePath.replace('-0.tif', '-0.json'),
  imagePath.replace('full/200,133/0/default.jpg', 'info.json'),
  imagePath.replace('full', '0,0,9'),
  imagePath.replace('200,133', 'max'),
  `${imagePath}?FIF=y`,
  `${imagePath}&FIF=y`,
  `${imagePath} b`,
  `${imagePath}%20b`,
  digilibPath.replace('Scaler', 'Manifester'),
  digilibPath.replace('vitrine-images', 'x'),
  digilibPath.replace('!', '/'),
]) {
  test(`a path that the contract does not know goes nowhere: ${path.replaceAll('0123456789abcdef', '…')}`, async () => {
    stack.auth.answer = () => allow({ 'X-Image-Path': path });
    assert.equal((await stack.ask(image)).status, 503);
    assert.equal(stack.images.asked.length, 0);
  });
}

test('row 104: auth down: 503 for images and documents; back again: served without a restart', async () => {
  const { port } = stack.auth;
  await stack.auth.stop();
  try {
    for (const path of [image, '/', '/auth/iiif-login', '/iiif/manifests/maps', '/iiif/images/x/info.json']) {
      const answer = await stack.ask(path);
      assert.equal(answer.status, 503, path);
      assert.equal(jsonOf(answer).error, 'unavailable');
      assert.deepEqual(answer.headers['access-control-allow-origin'], path.startsWith('/iiif/') ? ['*'] : undefined);
    }
  } finally {
    await stack.auth.start(port);
  }
  assert.equal((await stack.ask(image)).status, 200);
  assert.equal((await stack.ask('/')).status, 200);
});

test('two visitors on one connection are judged each for themselves', async () => {
  stack.auth.answer = ({ headers }) => (headers.cookie === access ? allow() : { status: 401 });
  const line = `GET ${image} HTTP/1.1\r\nHost: localhost\r\n`;
  const bytes = `${line}Cookie: ${access}\r\n\r\n${line}\r\n${line}Cookie: ${access}\r\nConnection: close\r\n\r\n`;
  const statuses = (await send(stack.port, bytes)).toString('latin1').match(/HTTP\/1\.1 \d+/g);
  assert.deepEqual(statuses, ['HTTP/1.1 200', 'HTTP/1.1 401', 'HTTP/1.1 200']);
});

test('the image server is asked for exactly what auth said, by nobody in particular', async () => {
  await stack.ask(`${image}?FIF=secret.tif`, {
    headers: {
      Cookie: 'a=1',
      Authorization: 'Bearer t',
      'X-IIIF-ID': '%s%s',
      'User-Agent': '%n',
      Accept: 'x/y',
      Range: 'bytes=0-1',
    },
  });
  const [{ method, url, rawHeaders }] = stack.images.asked;
  assert.equal(`${method} ${url}`, `GET ${imagePath}`);
  assert.deepEqual(rawHeaders, ['Host', 'image-server', 'Connection', 'close']);
});
