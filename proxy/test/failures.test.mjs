// The image server comes and goes, its workers die.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { image, jpeg, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

test('image server down: 503, refusals and documents as ever; back again: served without a restart', async () => {
  const { port } = stack.images;
  await stack.images.stop();
  try {
    for (const _ of [1, 2, 3]) {
      const answer = await stack.ask(image);
      assert.equal(answer.status, 503);
      assert.equal(answer.json?.error, 'unavailable');
    }
    assert.equal((await stack.ask('/')).status, 200);
    stack.auth.answer = () => ({ status: 401 });
    assert.equal((await stack.ask(image)).status, 401);
  } finally {
    await stack.images.start(port);
  }
  stack.reset();
  assert.equal((await stack.ask(image)).status, 200);
});

for (const [what, first] of Object.entries({
  'a dropped connection': { destroy: true },
  'an error': { status: 500 },
  'no worker': { status: 503 },
})) {
  test(`${what} is not seen when the second try succeeds`, async () => {
    stack.images.answer = (_, count) => (count === 1 ? first : jpeg());
    assert.equal((await stack.ask(image)).status, 200);
    assert.equal(stack.images.asked.length, 2);
  });
}

test('two tries and no more', async () => {
  /** @type {[bad: import('./stack.mjs').StubAnswer, status: number][]} */
  const answers = [
    [{ status: 500 }, 502],
    [{ status: 503 }, 503],
    [{ status: 504 }, 503],
    [{ destroy: true }, 503],
  ];
  for (const [bad, status] of answers) {
    stack.reset();
    stack.images.answer = () => bad;
    assert.equal((await stack.ask(image)).status, status);
    assert.equal(stack.images.asked.length, 2);
  }
});

test('what the image server refuses is not asked again', async () => {
  stack.images.answer = () => ({ status: 404 });
  assert.equal((await stack.ask(image)).status, 502);
  assert.equal(stack.images.asked.length, 1);
});

test('a tile that is in the cache needs no image server', async () => {
  await stack.ask(image);
  stack.images.answer = () => ({ destroy: true });
  assert.equal((await stack.ask(image)).status, 200);
});
