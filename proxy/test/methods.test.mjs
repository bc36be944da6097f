// Methods, preflights, bodies, ranges and conditions.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { image, picture, startStack } from './stack.mjs';

let stack;
before(async () => (stack = await startStack()));
beforeEach(() => stack.reset());
after(() => stack.stop());

for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'FOO', 'TRACE', 'CONNECT']) {
  test(`${method} on an image: 405, nobody is asked`, async () => {
    const answer = await stack.ask(image, { method });
    assert.equal(answer.status, 405);
    assert.equal(answer.json.error, 'method_not_allowed');
    assert.deepEqual(answer.headers.allow, ['GET, HEAD, OPTIONS']);
    assert.equal(stack.auth.asked.length + stack.images.asked.length, 0);
  });
}

for (const [method, path] of [
  ['POST', '/'],
  ['PUT', '/auth/iiif-login'],
  ['DELETE', '/auth/admin/x'],
  ['TRACE', '/auth/iiif-login'],
  ['POST', '/iiif/manifests/x'],
  ['POST', '/iiif/images/x/info.json'],
]) {
  test(`${method} ${path}: 405`, async () => {
    assert.equal((await stack.ask(path, { method })).status, 405);
    assert.equal(stack.auth.asked.length, 0);
  });
}

test('a form reaches auth whole', async () => {
  stack.auth.answer = () => ({ status: 204 });
  const body = 'email=a&password=b';
  await stack.ask('/auth/iiif-login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length, Origin: 'http://x' },
    body,
  });
  const [{ method, headers }] = stack.auth.asked;
  assert.equal(method, 'POST');
  assert.equal(headers['content-length'], String(body.length));
  assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(headers.origin, 'http://x');
});

test('preflight of an image: nginx answers, Authorization is welcome', async () => {
  const answer = await stack.ask(image, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://v',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization',
    },
  });
  assert.equal(answer.status, 204);
  assert.deepEqual(answer.headers['access-control-allow-origin'], ['*']);
  assert.deepEqual(answer.headers['access-control-allow-methods'], ['GET, HEAD, OPTIONS']);
  assert.match(answer.headers['access-control-allow-headers'][0], /\bAuthorization\b/);
  assert.deepEqual(answer.headers['access-control-max-age'], ['86400']);
  assert.equal(stack.auth.asked.length, 0);
});

test('preflight of a document: auth answers', async () => {
  stack.auth.answer = () => ({ status: 204, headers: { 'Access-Control-Allow-Headers': 'x' } });
  const answer = await stack.ask('/iiif/images/x/info.json', { method: 'OPTIONS', headers: { Origin: 'https://v' } });
  assert.deepEqual(answer.headers['access-control-allow-headers'], ['x']);
});

test('HEAD: the headers of the picture, or of the refusal, without a body', async () => {
  const answer = await stack.ask(image, { method: 'HEAD' });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers['content-length'], [String(picture.length)]);
  assert.equal(answer.body.length, 0);
  stack.auth.answer = () => ({ status: 401 });
  const refused = await stack.ask(image, { method: 'HEAD' });
  assert.equal(refused.status, 401);
  assert.equal(refused.body.length, 0);
});

for (const header of ['Range', 'If-Range', 'If-None-Match', 'If-Modified-Since', 'If-Match', 'If-Unmodified-Since']) {
  test(`row 105: ${header} of somebody who may not see the image: 401`, async () => {
    stack.auth.answer = () => ({ status: 401 });
    const values = { Range: 'bytes=0-1', 'If-Range': '"v1"', 'If-None-Match': '*', 'If-Match': '"v1"' };
    const value = values[header] ?? 'Sun, 22 Nov 2099 00:00:00 GMT';
    assert.equal((await stack.ask(image, { headers: { [header]: value } })).status, 401);
  });
}

test('a range or a date gets the whole picture, from the image server and from the cache', async () => {
  for (const _ of [1, 2]) {
    const answer = await stack.ask(image, {
      headers: { Range: 'bytes=0-1', 'If-Modified-Since': 'Sun, 22 Nov 2099 00:00:00 GMT' },
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, picture);
  }
});

// nginx goes on reading for five seconds after its answer, so that a client that is still sending sees it.
test('a body on an image and a large body anywhere: 413, before any of it is read', async () => {
  for (const [path, method, length] of [
    [image, 'GET', 1e9],
    ['/auth/iiif-login', 'POST', 1e6],
  ]) {
    const answer = await stack.ask(path, { method, headers: { 'Content-Length': length } });
    assert.equal(answer.status, 413);
    assert.equal(answer.json.error, 'too_large');
  }
  assert.equal(stack.images.asked.length, 0);
});
