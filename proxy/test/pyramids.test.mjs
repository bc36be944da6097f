// Tiles that are sent as they lie in a pyramid: the same decision and headers as for all others, by another way.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { allow, image, jpeg, picture, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
const path = `/tiles/ab/${'0123456789abcdef'.repeat(3)}0123456789abcd-0.tif/3/11,4/512,400`;

before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
  stack.auth.answer = () => allow({ 'X-Image-Path': path });
});
after(() => stack.stop());

test('a tile comes from the pyramids by the path that auth returned, with our headers and none of its own', async () => {
  stack.pyramids.answer = () =>
    jpeg({ 'Cache-Control': 'max-age=9', ETag: '"of it"', 'Set-Cookie': 'a=1', 'X-Powered-By': 'it' });
  const answer = await stack.ask(image, { headers: { Cookie: 'a=1', Range: 'bytes=0-1', 'User-Agent': 'x' } });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, picture);
  const { date: _date, connection: _connection, server, ...headers } = answer.headers;
  assert.deepEqual(server, ['nginx']);
  assert.deepEqual(headers, {
    'content-type': ['image/jpeg'],
    'content-length': [String(picture.length)],
    'cache-control': ['private, no-cache'],
    etag: ['"v1"'],
    vary: ['Authorization, Cookie, Origin'],
    'access-control-allow-origin': ['*'],
    'cross-origin-resource-policy': ['cross-origin'],
    'x-content-type-options': ['nosniff'],
  });
  assert.equal(stack.images.asked.length, 0);
  const [{ method, url, rawHeaders }] = stack.pyramids.asked;
  assert.equal(`${method} ${url}`, `GET ${path}`);
  assert.deepEqual(rawHeaders, ['Host', 'renderer']);
});

test('HEAD: the headers of the tile', async () => {
  const answer = await stack.ask(image, { method: 'HEAD' });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers['content-length'], [String(picture.length)]);
  assert.equal(stack.pyramids.asked[0].method, 'GET');
});

test('a tile is kept when it is asked for again, and not before', async () => {
  const kept = () => readdirSync(join(stack.folder, 'tiles'), { recursive: true, withFileTypes: true });
  const files = () => kept().filter((entry) => entry.isFile()).length;
  const before = files();
  for (const more of [0, 1, 1, 1]) {
    assert.deepEqual((await stack.ask(image)).body, picture);
    await until('it is kept or not', () => files() === before + more);
  }
  assert.equal(stack.pyramids.asked.length, 2);
});

test('everybody else is sent to the image server', async () => {
  stack.auth.answer = () => allow();
  assert.equal((await stack.ask(image)).status, 200);
  assert.deepEqual([stack.images.asked.length, stack.pyramids.asked.length], [1, 0]);
});

for (const status of [400, 404, 405, 500, 502, 503, 504]) {
  test(`${status} of the pyramids is 503, to be tried again`, async () => {
    stack.pyramids.answer = () => ({ status, body: 'in words of its own' });
    const answer = await stack.ask(image);
    assert.equal(answer.status, 503);
    assert.equal(answer.json?.error, 'unavailable');
    assert.deepEqual(answer.headers['retry-after'], ['5']);
    assert.equal(stack.pyramids.asked.length, 1);
    stack.pyramids.answer = () => jpeg();
    assert.equal((await stack.ask(image)).status, 200);
  });
}

test('422 of the pyramids is 502: what is stored there is damaged', async () => {
  stack.pyramids.answer = () => ({ status: 422, body: 'in words of its own' });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 502);
  assert.equal(answer.json?.error, 'image_not_rendered');
  assert.equal(answer.headers['retry-after'], undefined);
});

test('pyramids down: 503, refusals as ever; back again: served without a restart', async () => {
  const { port } = stack.pyramids;
  await stack.pyramids.stop();
  try {
    for (const _ of [1, 2, 3]) {
      const answer = await stack.ask(image);
      assert.equal(answer.status, 503);
      assert.deepEqual(answer.headers['retry-after'], ['5']);
    }
    stack.auth.answer = () => ({ status: 401 });
    assert.equal((await stack.ask(image)).status, 401);
  } finally {
    await stack.pyramids.start(port);
  }
  stack.auth.answer = () => allow({ 'X-Image-Path': path });
  assert.equal((await stack.ask(image)).status, 200);
});

test('half a tile is not passed off as a whole one', async () => {
  stack.pyramids.answer = () => ({ ...jpeg({ 'Content-Length': picture.length + 9 }), destroy: true });
  const { headers, body } = await stack.ask(image);
  assert.ok(body.length < Number(headers['content-length']?.[0]));
});

for (const wrong of [
  '/tiles/',
  '/tiles/../health',
  '/tiles//x',
  '/status',
  `${path}?x`,
  `${path}/../../x`,
  `//${path}`,
]) {
  test(`a path that the contract does not know goes nowhere: ${wrong.slice(0, 30)}`, async () => {
    stack.auth.answer = () => allow({ 'X-Image-Path': wrong });
    assert.equal((await stack.ask(image)).status, 503);
    assert.deepEqual([stack.images.asked.length, stack.pyramids.asked.length], [0, 0]);
  });
}

test('when an image that is being made may be asked for again is what auth says', async () => {
  for (const after of [undefined, '30']) {
    const headers = {
      'X-Deny': 503,
      'X-Deny-Body': '{"error":"e","message":"m"}',
      ...(after && { 'Retry-After': after }),
    };
    stack.auth.answer = () => ({ status: 403, headers });
    const answer = await stack.ask(image);
    assert.equal(answer.status, 503);
    assert.deepEqual(answer.headers['retry-after'], after === undefined ? undefined : [after]);
  }
});
