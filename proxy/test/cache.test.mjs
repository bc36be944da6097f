// The tile cache: behind auth, only pictures, nothing stale.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { allow, image, imagePath, jpeg, picture, startStack } from './stack.mjs';

let stack;
before(async () => (stack = await startStack()));
beforeEach(() => stack.reset());
after(() => stack.stop());

test('the second visitor gets the picture from the cache, and auth is asked about him too', async () => {
  await stack.ask(image);
  stack.auth.answer = () => allow({ 'X-Image-ETag': '"v2"' });
  const answer = await stack.ask(image);
  assert.deepEqual(answer.body, picture);
  assert.deepEqual(answer.headers.etag, ['"v2"']);
  assert.equal(stack.images.asked.length, 1);
  assert.equal(stack.auth.asked.length, 2);
});

test('a tile that is in the cache stays closed to those who may not see it', async () => {
  await stack.ask(image);
  stack.auth.answer = () => ({ status: 401 });
  assert.equal((await stack.ask(image)).status, 401);
  stack.auth.answer = () => ({ status: 403, headers: { 'X-Deny': 404 } });
  assert.equal((await stack.ask(image)).status, 404);
  stack.auth.answer = () => ({ status: 500 });
  assert.equal((await stack.ask(image)).status, 503);
});

test('a refusal is not remembered', async () => {
  stack.auth.answer = () => ({ status: 401 });
  assert.equal((await stack.ask(image)).status, 401);
  stack.auth.answer = () => allow();
  assert.equal((await stack.ask(image)).status, 200);
});

test('other spellings of an address share a tile, other paths and versions do not', async () => {
  await stack.ask(image);
  await stack.ask(image.replace('!', '%21') + '?x=y');
  assert.equal(stack.images.asked.length, 1);
  stack.auth.answer = () => allow({ 'X-Image-Version': 'other' });
  await stack.ask(image);
  assert.equal(stack.images.asked.length, 2);
  stack.auth.answer = () => allow({ 'X-Image-Path': imagePath.replace('200,133', '100,67') });
  await stack.ask(image);
  assert.equal(stack.images.asked.length, 3);
});

test('HEAD fills the cache with the whole picture', async () => {
  await stack.ask(image, { method: 'HEAD' });
  assert.deepEqual((await stack.ask(image)).body, picture);
  assert.deepEqual(
    stack.images.asked.map(({ method }) => method),
    ['GET'],
  );
});

test('what image servers say about keeping does not matter', async () => {
  stack.images.answer = () => jpeg({ 'Cache-Control': 'no-store', 'Set-Cookie': 'a=1', Vary: '*', Expires: '0' });
  await stack.ask(image);
  await stack.ask(image);
  assert.equal(stack.images.asked.length, 1);
});

test('PNG is a picture, and so is a JPEG of unknown length', async () => {
  stack.images.answer = () => ({ status: 200, headers: { 'Content-Type': 'image/png' }, body: 'p'.repeat(90) });
  assert.deepEqual((await stack.ask(image)).headers['content-type'], ['image/png']);
  await stack.ask(image);
  assert.equal(stack.images.asked.length, 1);
  stack.reset();
  stack.images.answer = () => ({ status: 200, headers: { 'Content-Type': 'image/jpeg;charset=UTF-8' }, body: picture });
  assert.deepEqual((await stack.ask(image)).headers['content-type'], ['image/jpeg']);
  await stack.ask(image);
  assert.equal(stack.images.asked.length, 1);
});

for (const [what, bad] of Object.entries({
  'a web page': { status: 200, headers: { 'Content-Type': 'text/html' }, body: picture },
  'no type at all': { status: 200, body: picture },
  'an SVG': { status: 200, headers: { 'Content-Type': 'image/svg+xml' }, body: picture },
  'an empty picture': jpeg({}, Buffer.alloc(0)),
  'an error text that calls itself a picture': jpeg({}, Buffer.from('Status: 404 Not Found\r\n\r\nOpenJPEG error')),
  'an error': { status: 500, body: 'x' },
  'not found': { status: 404, headers: { 'Content-Type': 'image/jpeg' }, body: picture },
  'not allowed': { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } },
  'a redirect': { status: 302, headers: { Location: 'http://evil' } },
  'not modified': { status: 304 },
})) {
  test(`${what} with an approved request: 502 in JSON, and the next try is a fresh one`, async () => {
    stack.images.answer = () => bad;
    const answer = await stack.ask(image);
    assert.equal(answer.status, 502);
    assert.equal(answer.json.error, 'image_not_rendered');
    assert.deepEqual(answer.headers['cache-control'], ['no-store']);
    assert.deepEqual(answer.headers['access-control-allow-origin'], ['*']);
    assert.equal(answer.headers['www-authenticate'], undefined);
    assert.equal(answer.headers.location, undefined);
    stack.images.answer = () => jpeg();
    assert.equal((await stack.ask(image)).status, 200);
  });
}

test('half a picture is not kept', async () => {
  stack.images.answer = () => ({ ...jpeg(), body: picture.subarray(0, 300), destroy: true });
  await stack.ask(image);
  stack.images.answer = () => jpeg();
  assert.deepEqual((await stack.ask(image)).body, picture);
});
