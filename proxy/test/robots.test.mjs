// What robots are told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { image, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let silent;
/** @type {import('./stack.mjs').Stack} */
let reserved;
before(async () => {
  silent = await startStack();
  reserved = await startStack({
    ROBOTS: 'none',
    ROBOTS_TAG: 'noindex, noimageai',
    TDM_RESERVATION: '1',
    TDM_POLICY: 'https://library.example.org/tdm-policy.json',
  });
});
after(() => Promise.all([silent.stop(), reserved.stop()]));

const said = ['x-robots-tag', 'tdm-reservation', 'tdm-policy'];
const paths = [image, '/iiif/images/maps!island.tif/info.json', '/'];

test('where nothing is set: pages may be visited, images not, and nothing else is said', async () => {
  const { status, headers, body } = await silent.ask('/robots.txt');
  assert.deepEqual([status, headers['content-type']], [200, ['text/plain']]);
  assert.equal(String(body), 'User-agent: *\nDisallow: /auth/\nDisallow: /iiif/images/\nDisallow: /iiif/3/images/\n');
  assert.equal((await silent.ask('/.well-known/tdmrep.json')).status, 404);
  for (const path of paths) {
    const answer = await silent.ask(path);
    assert.equal(answer.status, 200);
    for (const name of said) assert.equal(answer.headers[name], undefined);
  }
});

test('what is reserved is said with every image and document, and in the two files', async () => {
  assert.equal(String((await reserved.ask('/robots.txt')).body), 'User-agent: *\nDisallow: /\n');
  const { status, json } = await reserved.ask('/.well-known/tdmrep.json');
  const policy = 'https://library.example.org/tdm-policy.json';
  assert.equal(status, 200);
  assert.deepEqual(json, [{ location: '/', 'tdm-reservation': 1, 'tdm-policy': policy }]);
  for (const path of paths) {
    const { headers } = await reserved.ask(path);
    assert.deepEqual(
      said.map((name) => headers[name]),
      [['noindex, noimageai'], ['1'], [policy]],
    );
  }
});

for (const [name, value] of [
  ['ROBOTS', 'some'],
  ['ROBOTS_TAG', 'no"index'],
  ['TDM_RESERVATION', 'yes'],
  ['TDM_POLICY', 'http://library.example.org/policy'],
  ['RENDERING_BUDGET', '0'],
]) {
  test(`${name}=${value} does not start`, async () => {
    await assert.rejects(startStack({ [name]: value }), new RegExp(`proxy: ${name} is not usable`));
  });
}
