// Methods, preflights, bodies, ranges and conditions.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { send } from '../../test-support/rawHttp.mjs';
import { image, picture, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'FOO', 'TRACE', 'CONNECT']) {
  test(`${method} on an image: 405, nobody is asked`, async () => {
    const answer = await stack.ask(image, { method });
    assert.equal(answer.status, 405);
    assert.equal(answer.json?.error, 'method_not_allowed');
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
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(body.length),
      Origin: 'http://x',
    },
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
  assert.match(String(answer.headers['access-control-allow-headers']), /\bAuthorization\b/);
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

for (const [header, value] of Object.entries({
  Range: 'bytes=0-1',
  'If-Range': '"v1"',
  'If-None-Match': '*',
  'If-Modified-Since': 'Sun, 22 Nov 2099 00:00:00 GMT',
  'If-Match': '"v1"',
  'If-Unmodified-Since': 'Sun, 22 Nov 2099 00:00:00 GMT',
})) {
  test(`row 105: ${header} of a client that may not see the image: 401`, async () => {
    stack.auth.answer = () => ({ status: 401 });
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

// The client goes on sending what it announced, or never does; the answer does not wait for it.
for (const path of [image, '/iiif/manifests/x', '/iiif/images/x/info.json']) {
  for (const [what, header, value, body] of [
    ['a small body', 'Content-Length', '3', 'a=b'],
    ['a gigabyte, announced', 'Content-Length', String(1e9), ''],
    ['chunks', 'Transfer-Encoding', 'chunked', '3\r\na=b\r\n0\r\n\r\n'],
    ['chunks without an end', 'Transfer-Encoding', 'chunked', '3\r\na=b\r\n'],
  ]) {
    test(`POST ${path} with ${what}: 405`, async () => {
      const answer = await stack.ask(path, { method: 'POST', headers: { [header]: value }, body });
      assert.equal(answer.status, 405);
      assert.equal(answer.json?.error, 'method_not_allowed');
      assert.equal(stack.auth.asked.length + stack.images.asked.length, 0);
    });
  }
}

test('what follows a refused body on the same connection is the next request', async () => {
  const first = `POST ${image} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\nGET /auth/smuggled X`;
  const second = `GET ${image} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  const text = (await send(stack.port, first + second)).toString('latin1');
  assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 405', 'HTTP/1.1 200']);
  assert.deepEqual(
    stack.auth.asked.map(({ url }) => url),
    ['/auth/query_auth'],
  );
});

// nginx goes on reading for five seconds after its answer, so that a client that is still sending sees it.
test('a body on an image and a large body anywhere: 413, before any of it is read', async () => {
  for (const [path, method, length] of [
    [image, 'GET', String(1e9)],
    ['/auth/iiif-login', 'POST', String(1e6)],
  ]) {
    const answer = await stack.ask(path, { method, headers: { 'Content-Length': length } });
    assert.equal(answer.status, 413);
    assert.equal(answer.json?.error, 'too_large');
  }
  assert.equal(stack.images.asked.length, 0);
});
