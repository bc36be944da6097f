// Under what nginx remembers a decision: that nothing else is opened by it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { allow, granted, picture, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
let image = '';
let number = 0; // another image for each test, so that none finds what was remembered in the one before
before(async () => (stack = await startStack({ TRUSTED_PROXIES: '127.0.0.1' })));
beforeEach(() => {
  stack.reset();
  number += 1;
  image = `/iiif/images/maps!island${number}.tif/full/200,/0/default.jpg`;
  stack.auth.answer = () => allow(granted());
});
after(() => stack.stop());

const cookie = (/** @type {string | number} */ who) => `vitrine_access=${String(who).padStart(43, '0')}`;

/** @param {Record<string, string>} headers of requests that are asked about by themselves */
const asked = async (headers, path = image) => {
  const before = stack.auth.asked.length;
  const { status } = await stack.ask(path, { headers });
  assert.equal(status, 200);
  return stack.auth.asked.length > before;
};

test('whatever a decision may depend on is part of its key', async () => {
  const base = {
    Cookie: cookie(1),
    Authorization: 'Bearer a.b.c',
    Origin: 'https://v.example.org',
    'X-Forwarded-For': '192.0.2.1',
  };
  assert.ok(await asked(base));
  assert.ok(!(await asked(base)));
  /** @type {Record<string, string>[]} */
  const others = [
    { Cookie: cookie(2) },
    { Cookie: cookie(1).replace('access', 'visit') },
    { Cookie: cookie(1).replace('access', 'access_lax') },
    { Cookie: `__Host-${cookie(1)}` },
    { Cookie: `${cookie(1)}; ${cookie(1).replace('access', 'visit')}` },
    { Authorization: 'Bearer a.b.d' },
    { Authorization: 'bearer a.b.c' },
    { Origin: 'https://w.example.org' },
    { Origin: 'http://v.example.org' },
    { 'X-Forwarded-For': '192.0.2.2' },
    { 'X-Forwarded-For': '2001:db8::1' },
    { Host: 'images.example.org' },
  ];
  for (const other of others) {
    assert.ok(await asked({ ...base, ...other }), JSON.stringify(other));
    assert.ok(!(await asked({ ...base, ...other })), JSON.stringify(other));
  }
  for (const left of ['Cookie', 'Authorization', 'Origin']) {
    const rest = Object.entries(base).filter(([name]) => name !== left);
    assert.ok(await asked(Object.fromEntries(rest)), `without ${left}`);
  }
  const { Origin: _, ...shown } = base;
  assert.ok(await asked({ ...shown, Referer: 'https://v.example.org/x' }));
  assert.ok(!(await asked({ ...shown, Referer: 'https://v.example.org/y?z' })));
  assert.ok(await asked({ ...shown, Referer: 'https://w.example.org/x' }));
  for (const [from, to] of [
    ['/images/', '/3/images/'],
    ['maps!', 'maps%21'],
    ['maps!', 'Maps!'],
    ['/maps!', '/!signature/maps!'],
    ['/maps!', '/!signaturf/maps!'],
    ['.tif', '.tif^400'],
    ['island', 'islan%64'],
  ]) {
    assert.ok(await asked(base, image.replace(from, to)), to);
    assert.ok(!(await asked(base, image.replace(from, to))), to);
  }
});

test('separators in parts: what is allowed one way opens nothing in another', async () => {
  const secret = image.replace('island', 'secret');
  stack.auth.answer = ({ headers }) => (headers['x-original-uri'] === secret ? { status: 401 } : allow(granted()));
  const parts = ['localhost', '127.0.0.1', '', '', '', ''];
  const [head] = secret.split('/full');
  for (const separator of ['|', ' ', ':', ';', '%0a', '\t']) {
    const key = [head, ...parts].join(separator);
    await stack.ask(image.replace('maps!island', encodeURIComponent(key)));
    for (const header of ['Cookie', 'Authorization', 'Origin', 'Referer']) {
      await stack.ask(image, { headers: { [header]: key } });
      await stack.ask(image, { headers: { [header]: `vitrine_access=${key}` } });
      assert.equal((await stack.ask(secret, { headers: { [header]: key } })).status, 401);
    }
    assert.equal((await stack.ask(secret)).status, 401);
  }
});

test('GET and HEAD share a decision; a range gets the whole, other methods what they get', async () => {
  assert.equal((await stack.ask(image, { method: 'HEAD' })).status, 200);
  assert.deepEqual((await stack.ask(image, { headers: { Range: 'bytes=0-1' } })).body, picture);
  const head = await stack.ask(image, { method: 'HEAD' });
  assert.deepEqual([head.status, head.body.length], [200, 0]);
  assert.deepEqual(head.headers['content-length'], [String(picture.length)]);
  assert.equal(stack.auth.asked.length, 1);
  assert.equal((await stack.ask(image, { method: 'OPTIONS' })).status, 204);
  assert.equal((await stack.ask(image, { method: 'DELETE' })).status, 405);
  assert.equal((await stack.ask(image, { headers: { 'Content-Length': '1000' } })).status, 413);
});

test('what varies with the encoding or the language of a client: nothing', async () => {
  assert.ok(await asked({ 'Accept-Encoding': 'gzip' }));
  assert.ok(!(await asked({ 'Accept-Encoding': 'br', Accept: 'image/webp', 'Accept-Language': 'de' })));
  const answer = await stack.ask(image, { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(answer.headers['content-encoding'], undefined);
  assert.deepEqual(answer.headers.vary, ['Authorization, Cookie, Origin']);
});

test('8 kB of cookies of others: the decision is that of ours among them', async () => {
  const foreign = `a=${'x'.repeat(4000)}; b=${'y'.repeat(4000)}`;
  assert.ok(await asked({ Cookie: cookie(1) }));
  assert.ok(!(await asked({ Cookie: `${foreign}; ${cookie(1)}` })));
  assert.ok(await asked({ Cookie: `${foreign}; ${cookie(2)}` }));
  assert.ok(await asked({ Cookie: foreign }));
});

test('a name that is not ours is refused, whatever is remembered', async () => {
  assert.ok(await asked({}));
  assert.equal((await stack.ask(image, { headers: { Host: 'evil.example' } })).status, 421);
});
