// That a place for what is dear is free again, however those behave whom it was for.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { allow, image, imagePath, jpeg, picture, startStack } from './stack.mjs';

const OF_ONE = 2;
/** More than nginx and the system take in between. */
const large = Buffer.concat([picture.subarray(0, 3), Buffer.alloc(20_000_000, 7), picture.subarray(-2)]);

/** @type {import('./stack.mjs').Stack} */
let stack;
let number = 0; // another rendition each time
before(async () => (stack = await startStack({ IMAGE_WORKERS: '5' })));
beforeEach(() => {
  stack.reset();
  number += 100;
  stack.auth.answer = ({ headers }) => {
    const at = new URL(String(headers['x-original-uri']), 'http://x').searchParams.get('at');
    return allow({
      'X-Image-Path': imagePath.replace('200,133', `${at},133`),
      'X-Image-Price': '17',
      'X-Visitor': 'user 1',
    });
  };
});
after(() => stack.stop());

const pathOf = (/** @type {number} */ at) => `${image}?at=${number + at}`;

/** Asks, and reads nothing of the answer. */
function silent(/** @type {number} */ at) {
  const socket = connect(stack.port, '127.0.0.1', () => {
    socket.write(`GET ${pathOf(at)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  });
  socket.pause();
  return socket.on('error', () => undefined);
}

test('who hangs up while waiting for a place leaves none behind', async () => {
  const { promise: finished, resolve: finish } = /** @type {PromiseWithResolvers<void>} */ (Promise.withResolvers());
  stack.images.answer = () => ({ ...jpeg(), after: finished });
  const first = Array.from({ length: OF_ONE }, (_, at) => stack.ask(pathOf(at)));
  await until('they are being made', () => stack.images.asked.length === OF_ONE);
  const waiting = Array.from({ length: 10 }, (_, at) => silent(10 + at));
  await until('all wait', () => stack.auth.asked.length === OF_ONE + waiting.length);
  for (const socket of waiting) socket.destroy();
  finish();
  assert.ok((await Promise.all(first)).every(({ status }) => status === 200));
  stack.images.answer = () => jpeg();
  await until(
    'both places are free',
    async () => {
      number += 100;
      const answers = await Promise.all(Array.from({ length: OF_ONE }, (_, at) => stack.ask(pathOf(at))));
      return answers.every(({ status }) => status === 200);
    },
    10,
  );
});

test('who does not read what was made keeps no place', async () => {
  stack.images.answer = () => jpeg({}, large);
  const readers = Array.from({ length: OF_ONE }, (_, at) => silent(at));
  try {
    await until('they are being made', () => stack.images.asked.length === OF_ONE);
    stack.images.answer = () => jpeg();
    const answers = await Promise.all(Array.from({ length: OF_ONE }, (_, at) => stack.ask(pathOf(10 + at))));
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array(OF_ONE).fill(200),
    );
  } finally {
    for (const socket of readers) socket.destroy();
  }
});
