// Cookies that other services on the same domain have set add up, and the visitor cannot know.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { image, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

const cookie = `other=${'a'.repeat(32_000)}; vitrine_access=x`;

for (const [what, path, url, heard] of [
  ['an image', image, '/auth/query_auth', 'vitrine_access=x'],
  ['a document', '/iiif/images/x/info.json', '/iiif/images/x/info.json', cookie],
]) {
  test(`${what} with 32 kB of cookies: auth hears of it`, async () => {
    assert.equal((await stack.ask(path, { headers: { Cookie: cookie } })).status, 200);
    const [asked] = stack.auth.asked;
    assert.equal(asked.url, url);
    assert.equal(asked.headers.cookie, heard);
  });
}

for (const path of [image, '/']) {
  test(`${path} with more: 431, and the words name the cookies`, async () => {
    const answer = await stack.ask(path, { headers: { Cookie: 'a'.repeat(45_000) } });
    assert.equal(answer.status, 431);
    assert.equal(answer.json?.error, 'headers_too_large');
    assert.match(String(answer.json.message), /cookies: delete/);
    assert.equal(stack.auth.asked.length, 0);
  });
}
