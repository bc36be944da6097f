// What nginx remembers of auth's decisions, and for how long.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { allow, granted, imagePath, jpeg, picture, startStack } from './stack.mjs';

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
/** Longer than a decision may be kept: seconds of `X-Grant-Life`, and what clocks of workers differ by. */
const LONGEST = 3000;

/** @param {Record<string, string>} headers of requests that are asked about by themselves */
const asked = async (headers, path = image) => {
  const before = stack.auth.asked.length;
  const { status } = await stack.ask(path, { headers });
  assert.equal(status, 200);
  return stack.auth.asked.length > before;
};

test('auth is asked once for an address and a visitor, and the answer is the same each time', async () => {
  const link = '<http://img.example.org/iiif/images/a.tif/full/9,/0/default.jpg>;rel="canonical"';
  stack.auth.answer = () => allow({ ...granted(), 'X-Image-Link': link, 'X-Image-Origin': 'https://v.example.org' });
  const [first, second] = [await stack.ask(image), await stack.ask(image)];
  assert.deepEqual(
    { ...second, headers: { ...second.headers, date: [] } },
    { ...first, headers: { ...first.headers, date: [] } },
  );
  assert.deepEqual(second.body, picture);
  assert.deepEqual(second.headers.link, [link]);
  assert.equal(stack.auth.asked.length, 1);
});

test('of an image that is decided each address is asked about once, by whomever', async () => {
  stack.auth.answer = ({ headers }) =>
    allow({
      ...granted(),
      'X-Image-Path': imagePath.replace(
        '200,133',
        headers['x-original-uri']?.includes('/100,/') ? '100,67' : '200,133',
      ),
    });
  const other = image.replace('200,', '100,');
  for (const who of [1, 2])
    for (const path of [image, other, image, other]) {
      assert.equal((await stack.ask(path, { headers: { Cookie: cookie(who) } })).status, 200);
    }
  assert.deepEqual(
    stack.auth.asked.map(({ headers }) => [headers.cookie, headers['x-original-uri']]),
    [
      [cookie(1), image],
      [cookie(1), other],
      [cookie(2), image],
    ],
  );
  assert.deepEqual(
    stack.images.asked.map(({ url }) => url?.split('/')[5]),
    ['200,133', '100,67'],
  );
});

test('row 105: 304 for who has it already and may see it, without a question; 401 once they may not', async () => {
  assert.ok(await asked({}));
  const known = { headers: { 'If-None-Match': '"v1"' } };
  const answer = await stack.ask(image, known);
  assert.equal(answer.status, 304);
  assert.deepEqual(answer.headers.etag, ['"v1"']);
  assert.equal(stack.auth.asked.length, 1);
  stack.auth.answer = () => ({ status: 401 });
  await until('it is refused', async () => (await stack.ask(image, known)).status === 401);
});

test('a right that is taken away lives three seconds at most, while its visitor goes on asking', async () => {
  assert.ok(await asked({ Cookie: cookie(1) }));
  stack.auth.answer = () => ({ status: 401 });
  const taken = Date.now();
  let last = 0;
  while (Date.now() - taken < LONGEST + 1000) {
    const { status } = await stack.ask(image, { headers: { Cookie: cookie(1) } });
    if (status === 200) last = Date.now() - taken;
    else assert.equal(status, 401);
    await wait(20);
  }
  assert.ok(last > 0 && last < LONGEST, `it lived ${last} ms`);
});

test('a logout counts at once for all images of a visitor, whichever of the cookies go along; others go on', async () => {
  const both = `${cookie(1)}; ${cookie(2).replace('access', 'visit')}`;
  const other = image.replace('island', 'atlas');
  for (const path of [image, other]) for (const who of [cookie(1), both, cookie(3)]) await asked({ Cookie: who }, path);
  await asked({});
  stack.auth.answer = ({ url }) =>
    url === '/auth/logout' ? { status: 200, headers: { 'Set-Cookie': 'vitrine_access=' } } : { status: 401 };
  await stack.ask('/auth/logout', { headers: { Cookie: `x=y; ${both}` } });
  for (const path of [image, other]) {
    for (const who of [cookie(1), both]) {
      const status = async () => (await stack.ask(path, { headers: { Cookie: who } })).status;
      await until('it is refused', async () => (await status()) === 401, 1);
    }
    assert.equal((await stack.ask(path, { headers: { Cookie: cookie(3) } })).status, 200);
  }
  assert.equal((await stack.ask(image)).status, 200);
});

test('it lives as long as auth says, from the moment of the question; later answers do not prolong it', async () => {
  stack.auth.answer = () => allow(granted('it', 1));
  assert.ok(await asked({}));
  stack.auth.answer = () => allow({ ...granted('another'), 'X-Image-Path': imagePath.replace('200', '201') });
  const since = Date.now();
  await until('auth is asked again', async () => asked({}));
  assert.ok(Date.now() - since < 2000);
});

for (const [what, headers] of Object.entries({
  'no grant': { 'X-Image-Grant': undefined },
  'a grant of another form': { 'X-Image-Grant': 'x y' },
  'no life': { 'X-Grant-Life': undefined },
  'a life of nothing': { 'X-Grant-Life': '0' },
  'a life that is too long': { 'X-Grant-Life': '3600' },
  'a life in words': { 'X-Grant-Life': 'long' },
})) {
  test(`${what}: nothing is remembered`, async () => {
    stack.auth.answer = () => {
      const { headers: all, ...answer } = allow({ ...granted(), ...headers });
      return {
        ...answer,
        headers: Object.fromEntries(Object.entries(all ?? {}).filter(([, value]) => value !== undefined)),
      };
    };
    for (const _ of [1, 2]) assert.ok(await asked({}));
  });
}

for (const answer of [
  { status: 401 },
  { status: 403 },
  { status: 403, headers: { 'X-Deny': 503 } },
  { status: 500 },
  { status: 204 },
]) {
  test(`${JSON.stringify(answer)} with all that a yes has: nothing is remembered`, async () => {
    stack.auth.answer = () => ({ ...answer, headers: { ...allow(granted()).headers, ...answer.headers } });
    assert.notEqual((await stack.ask(image)).status, 200);
    assert.notEqual((await stack.ask(image)).status, 200);
    assert.equal(stack.auth.asked.length, 2);
    stack.auth.answer = () => allow();
    assert.equal((await stack.ask(image)).status, 200);
  });
}

test('where no picture came, auth is asked once more', async () => {
  assert.ok(await asked({}));
  stack.auth.answer = () => allow({ ...granted(), 'X-Image-Version': 'gone' });
  for (const status of [404, 500, 200]) {
    stack.images.answer = () => ({ status, body: 'no picture' });
    const other = image.replace('200,', `${status},`);
    assert.equal((await stack.ask(other)).status, 502);
    assert.equal((await stack.ask(other)).status, 502);
  }
  assert.equal(stack.auth.asked.length, 1 + 6);
  stack.images.answer = () => jpeg();
  assert.ok(await asked({}), 'other addresses of the image too');
});

test('what is remembered is rendered at the price and for the visitor that auth named', async () => {
  const full = await startStack({ TILE_CACHE_MIN_FREE: '999999g' }); // so it is rendered each time
  try {
    full.auth.answer = () => allow({ ...granted(), 'X-Image-Price': '100', 'X-Visitor': 'user 1' });
    for (const _ of [1, 2]) assert.equal((await full.ask(image)).status, 200);
    assert.deepEqual([full.auth.asked.length, full.images.asked.length], [1, 2]);
    await until('both in the log', () => full.log().match(/lane=dear/g)?.length === 2);
  } finally {
    await full.stop();
  }
});

test('auth down: what was decided is shown for as long as it would have been, and no longer', async () => {
  assert.ok(await asked({}));
  const { port } = stack.auth;
  await stack.auth.stop();
  try {
    assert.equal((await stack.ask(image)).status, 200);
    await until('it is refused', async () => (await stack.ask(image)).status === 503);
  } finally {
    await stack.auth.start(port);
  }
  assert.equal((await stack.ask(image)).status, 200);
});

test('a decision that was long in coming is not kept for longer', async () => {
  /** @type {() => void} */
  let answerNow = () => {};
  const late = new Promise(
    (resolve) =>
      (answerNow = () => {
        resolve(undefined);
      }),
  );
  stack.auth.answer = () => ({ ...allow(granted()), after: late });
  const first = stack.ask(image);
  await until('auth is asked', () => stack.auth.asked.length === 1);
  await wait(2000);
  answerNow();
  assert.equal((await first).status, 200);
  stack.auth.answer = () => ({ status: 401 });
  assert.equal((await stack.ask(image)).status, 401);
});

// More than there is room for: tokens as long as they may be.
test('a thousand visitors of mixed rights at once: everybody gets what they may see, and nothing else', async () => {
  const [VISITORS, IMAGES, ROUNDS] = [1000, 10, 12];
  const may = (/** @type {number} */ who, /** @type {number} */ what) => (who * 7 + what * 3) % 5 < 2;
  const pathOf = (/** @type {number} */ what) => imagePath.replace('/01/', `/${what + 16}/`);
  const bodyOf = (/** @type {number} */ what) =>
    Buffer.concat([picture.subarray(0, 3), Buffer.alloc(what + 1, what), picture.subarray(-2)]);
  stack.auth.answer = ({ headers }) => {
    const who = Number(/^Bearer x+\.(\d+)\.c$/.exec(String(headers.authorization))?.[1]);
    const what = Number(/many!(\d+)/.exec(String(headers['x-original-uri']))?.[1]);
    if (!may(who, what)) return { status: who % 2 ? 401 : 403 };
    return allow({ ...granted(String(what)), 'X-Image-Path': pathOf(what) });
  };
  stack.images.answer = ({ url }) => jpeg({}, bodyOf(Number(url?.split('/')[2]) - 16));
  await Promise.all(
    Array.from({ length: 40 }, async (_, client) => {
      for (let turn = 0; turn < (VISITORS * ROUNDS) / 40; turn++) {
        const who = client * 25 + (Math.floor(turn / ROUNDS) % 25);
        const what = (turn * 7 + client) % IMAGES;
        const headers = { Authorization: `Bearer ${'x'.repeat(4000)}.${who}.c` };
        const answer = await stack.ask(`/iiif/images/many!${what}.tif/full/200,/0/default.jpg`, { headers });
        assert.equal(answer.status, may(who, what) ? 200 : who % 2 ? 401 : 403, `${who} ${what}`);
        if (answer.status === 200) assert.ok(answer.body.equals(bodyOf(what)), `${who} got another than ${what}`);
      }
    }),
  );
  assert.ok(stack.auth.asked.length < VISITORS * ROUNDS, 'something was remembered');
});
