// The tile cache: behind auth, only pictures, nothing stale.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { allow, digilibPath, image, imagePath, jpeg, picture, startStack } from './stack.mjs';

const text = Buffer.from('Status: 404 Not Found\r\n\r\nOpenJPEG error');
const png = Buffer.from(`89504e470d0a1a0a${'07'.repeat(50)}49454e44ae426082`, 'hex');
const chunked = (/** @type {Buffer} */ body) => ({ status: 200, headers: { 'Content-Type': 'image/jpeg' }, body });

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

test('the second visitor gets the picture from the cache, and auth is asked about that visitor too', async () => {
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

test('a JPEG is a picture, and so is a PNG; of known length or not, in however many pieces', async () => {
  for (const [type, body] of Object.entries({
    'image/jpeg': picture,
    'image/jpeg;charset=UTF-8': picture,
    'image/png': png,
  })) {
    for (const headers of [{ 'Content-Length': body.length }, {}]) {
      for (const size of [body.length, 1]) {
        stack.reset();
        const pieces = Array.from({ length: Math.ceil(body.length / size) }, (_, at) =>
          body.subarray(at * size, (at + 1) * size),
        );
        stack.images.answer = () => ({ status: 200, headers: { 'Content-Type': type, ...headers }, pieces });
        const answer = await stack.ask(image);
        assert.deepEqual(answer.headers['content-type'], [type.split(';')[0]]);
        assert.ok(answer.body.equals(body));
        assert.ok((await stack.ask(image)).body.equals(body));
        assert.equal(stack.images.asked.length, 1);
      }
    }
  }
});

for (const [what, bad] of Object.entries({
  'a web page': { status: 200, headers: { 'Content-Type': 'text/html' }, body: picture },
  'no type at all': { status: 200, body: picture },
  'an SVG': { status: 200, headers: { 'Content-Type': 'image/svg+xml' }, body: picture },
  'an empty picture': jpeg({}, Buffer.alloc(0)),
  'an empty picture of unknown length': chunked(Buffer.alloc(0)),
  'an error text that calls itself a picture': jpeg({}, text),
  'an error text that calls itself a picture, of unknown length': chunked(text),
  'a PNG that calls itself a JPEG': chunked(png),
  'one byte': chunked(picture.subarray(0, 1)),
  'a JPEG without its end': chunked(picture.subarray(0, -1)),
  'a JPEG with something behind it': jpeg({}, Buffer.concat([picture, text])),
  'a PNG without its end': { status: 200, headers: { 'Content-Type': 'image/png' }, body: png.subarray(0, -2) },
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
    assert.equal(answer.json?.error, 'image_not_rendered');
    assert.deepEqual(answer.headers['cache-control'], ['no-store']);
    assert.deepEqual(answer.headers['access-control-allow-origin'], ['*']);
    assert.equal(answer.headers['www-authenticate'], undefined);
    assert.equal(answer.headers.location, undefined);
    stack.images.answer = () => jpeg();
    assert.equal((await stack.ask(image)).status, 200);
  });
}

test('a file that digilib passes on as it is: 502, and not kept; the name that iipsrv gives does not matter', async () => {
  const named = jpeg({ 'Content-Disposition': 'inline; filename="a b.jpg"' });
  stack.images.answer = () => named;
  stack.auth.answer = () => allow({ 'X-Image-Path': digilibPath });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 502);
  assert.equal(answer.json?.error, 'image_not_rendered');
  stack.images.answer = () => jpeg();
  assert.equal((await stack.ask(image)).status, 200);

  stack.reset();
  stack.images.answer = () => named;
  const rendition = await stack.ask(image);
  assert.equal(rendition.status, 200);
  assert.equal(rendition.headers['content-disposition'], undefined);
});

const large = Buffer.concat([picture.subarray(0, -2), Buffer.alloc(3_000_000, 5), picture.subarray(-2)]);

for (const [what, bad] of Object.entries({
  'half a picture, of known length, and nothing more': { ...jpeg(), body: picture.subarray(0, 300), destroy: true },
  'half a large picture, of known length, and nothing more': {
    ...jpeg({}, large),
    body: large.subarray(0, 2_000_000),
    destroy: true,
  },
  'half a large picture, of unknown length, and nothing more': {
    ...chunked(large.subarray(0, 2_000_000)),
    destroy: true,
  },
  'a large picture without its end': chunked(large.subarray(0, -1)),
})) {
  test(`${what}: never taken for whole, and not kept`, async () => {
    stack.images.answer = () => bad;
    const answer = await stack.ask(image);
    if (answer.status === 200) {
      const length = answer.headers['content-length']?.[0];
      assert.ok(length === undefined ? !answer.ended : Number(length) > answer.body.length, `${length}`);
    }
    stack.images.answer = () => jpeg();
    assert.deepEqual((await stack.ask(image)).body, picture);
  });
}

test('a large picture comes whole, and is kept', async () => {
  stack.images.answer = () => chunked(large);
  for (const _ of [1, 2]) {
    const answer = await stack.ask(image);
    assert.ok(answer.ended ?? true);
    assert.ok(answer.body.equals(large));
  }
  assert.equal(stack.images.asked.length, 1);
});
