// A flood of large renderings of an open image, by somebody whom nobody knows, while a reader looks at tiles.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe({ access: { maps: 'everyone' }, env: { IMAGE_WORKERS: '4' } });
after(vitrine.stop);

/** Each is another one, so none comes from the cache. */
const large = (/** @type {number} */ number) => `/iiif/3/images/maps!island.tif/full/^${4900 - number},/0/default.jpg`;
const tile = (/** @type {number} */ number) =>
  `/iiif/images/Fotos%20K%C3%B6ln!page2.tif/0,0,256,256/${200 - number},/0/default.jpg`;

test('24 large ones at a time: a few are made, the others are 503 in words, and the reader has every tile', async (t) => {
  const reader = await loggedIn(vitrine, vitrine.admin);
  assert.equal((await reader.ask(tile(0))).status, 200);

  const stranger = new Client(vitrine.url);
  let waiting = 24;
  const flood = Array.from({ length: 24 }, async (_, number) => {
    const answer = await stranger.ask(large(number));
    waiting -= 1;
    return answer;
  });
  const times = [];
  for (let number = 1; waiting > 0; number++) {
    const started = performance.now();
    const { status, body } = await reader.ask(tile(number % 100));
    times.push(performance.now() - started);
    assert.equal(status, 200);
    assert.equal(jpegSize(body).width, 200 - (number % 100));
  }
  t.diagnostic(`slowest of ${times.length} tiles meanwhile: ${Math.round(Math.max(...times))} ms`);

  const answers = await Promise.all(flood);
  const made = answers.filter(({ status }) => status === 200);
  assert.ok(made.length >= 2, `${made.length} were made`);
  for (const { body } of made) assert.ok(jpegSize(body).width > 4800);
  for (const { status, headers, text } of answers.filter((answer) => !made.includes(answer))) {
    assert.equal(status, 503);
    assert.equal(JSON.parse(text).error, 'busy');
    assert.equal(headers['retry-after'], '5');
  }
  assert.ok(answers.length - made.length >= 12, `${answers.length - made.length} were refused`);
});

test('thirty thumbnails at a time, as a gallery asks for them: all are there', async () => {
  const stranger = new Client(vitrine.url);
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, number) =>
      stranger.ask(`/iiif/images/maps!sky.jp2/full/${150 + number},/0/default.jpg`),
    ),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
});
