// What auth is asked with: exactly what its answer is remembered under, or what came where that is odd.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Cookies } from '../../auth/src/sessions/cookies.ts';
import { allow, granted, image, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

const viewer = 'https://viewer.example.org';
const access = `vitrine_access=${'a'.repeat(43)}`;

test("auth gets the raw address and the visitor's credentials: our cookies alone, and of the page its origin", async () => {
  const path = '/iiif/images/maps%21isl%C3%A4nd.tif/full/200,/0/default.jpg';
  await stack.ask(path, {
    method: 'HEAD',
    headers: {
      Cookie: `a=1; ${access} ;__Host-vitrine_visit=b.c; Vitrine_access=d; vitrine_account=e; vitrine_accessory=f`,
      Authorization: 'Bearer t',
      'If-None-Match': '"v0"',
      Origin: viewer,
      Referer: `${viewer}/x`,
    },
  });
  const [{ method, url, headers }] = stack.auth.asked;
  assert.equal(method, 'GET');
  assert.equal(url, '/auth/query_auth');
  assert.deepEqual(headers, {
    host: 'images.example.org',
    'x-original-uri': path,
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    cookie: `${access}; __Host-vitrine_visit=b.c`,
    authorization: 'Bearer t',
    origin: viewer,
  });
});

test('where no Origin is, auth gets that of the Referer', async () => {
  await stack.ask(image, { headers: { Referer: `${viewer}/some/page?x=y` } });
  assert.equal(stack.auth.asked[0].headers.referer, `${viewer}/`);
});

/** @type {({ path?: string } & Record<string, string | string[]>)[]} Not one of which is as browsers send it. */
const oddities = [
  { path: `${image}?x=%20y` },
  { path: image.replace('island', 'isl\xe4nd') },
  { path: image.replace('island', 'x'.repeat(1024)) },
  { Cookie: `${access}; ${access}` },
  { Cookie: [access, 'vitrine_access=b'] },
  { Cookie: 'vitrine_access=' },
  { Cookie: 'vitrine_visit="quoted"; other=1' },
  { Cookie: `vitrine_access=${'a'.repeat(8192)}` },
  { Authorization: 'Basic' },
  { Authorization: `Bearer ${'a'.repeat(8192)}` },
  { Origin: 'null' },
  { Origin: 'https://a b' },
  { Referer: 'viewer' },
  { Referer: 'https://user@viewer.example.org/' },
];
for (const odd of oddities) {
  test(`what is odd is asked about as it came, each time: ${JSON.stringify(odd).slice(0, 60)}`, async () => {
    stack.auth.answer = () => allow(granted());
    const { path = image, ...headers } = odd;
    for (const _ of [1, 2]) assert.equal((await stack.ask(path, { headers })).status, 200);
    assert.equal(stack.auth.asked.length, 2);
    const { headers: asked } = stack.auth.asked[1];
    assert.equal(asked['x-original-uri'], path);
    for (const [name, value] of Object.entries(headers)) {
      assert.equal(asked[name.toLowerCase()], [value].flat().join('; '));
    }
  });
}

test('every cookie of ours that opens images reaches auth, whatever form it is set in', async () => {
  for (const form of [
    { https: true, secure: true },
    { https: false, secure: true },
    { https: false, secure: false },
  ]) {
    const cookies = new Cookies({ ...form, lifetime: 1 });
    for (const { name } of [...cookies.forms('access'), ...cookies.forms('visit')]) {
      await stack.ask(image, { headers: { Cookie: `${name}=${form.https}${form.secure}` } });
      assert.equal(stack.auth.asked.at(-1)?.headers.cookie, `${name}=${form.https}${form.secure}`);
    }
  }
});
