// Renditions that take long, by the price that auth says: a few at a time, first for who is logged in, and never on the last
// worker of the image server.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { allow, image, imagePath, jpeg, picture, startStack } from './stack.mjs';

const WORKERS = 5;
const PLACES = WORKERS - 1;
const DEAR = 17;
const BUDGET = 200;

/** @type {import('./stack.mjs').Stack} */
let stack;
/** @type {() => void} has the image server finish what it works on */
let release;
/** @type {Promise<void>} */
let finished;
let version = 0; // none finds what another test left in the cache
before(async () => {
  const variables = { IMAGE_WORKERS: String(WORKERS), RENDERING_BUDGET: String(BUDGET), TRUSTED_PROXIES: '127.0.0.1' };
  stack = await startStack(variables);
});
beforeEach(async () => {
  stack.reset();
  version += 1;
  finished = new Promise((resolve) => (release = resolve));
  stack.auth.answer = answerOfAuth;
  await until('the connections are closed', async () => (await connectionsOf(stack.images)) === 0); // nothing of the test before counts any more
});
after(() => stack.stop());

/** An image server that works until it is told to finish. */
function works() {
  stack.images.answer = () => {
    const pieces = (async function* () {
      await finished;
      yield picture;
    })();
    return { ...jpeg(), pieces };
  };
}

/** @type {import('./stack.mjs').Answering} another rendition for each `at` */
function answerOfAuth(request) {
  const query = new URL(String(request.headers['x-original-uri']), 'http://x').searchParams;
  return allow({
    'X-Image-Path': imagePath.replace('200,133', `${query.get('at')},133`),
    'X-Image-Version': `dear${version}`,
    'X-Image-Price': String(query.get('price')),
    'X-Visitor': String(query.get('visitor')),
  });
}

let number = 0;
let networks = 0;
/** Of a /24 that nobody else is in. */
const somewhere = () => `10.${version}.${(networks += 1) % 250}.7`;

/**
 * @typedef {object} Who
 * @property {string} visitor as auth says it
 * @property {string} [address] of the client
 */

/**
 * @param {Who} who
 * @param {{price?: number, at?: number, headers?: Record<string, string>}} [what]
 */
function askFor({ visitor, address = '192.0.2.7' }, { price = DEAR, at = (number += 1), headers = {} } = {}) {
  const path = `${image}?visitor=${encodeURIComponent(visitor)}&at=${at}&price=${price}`;
  return stack.ask(path, { headers: { 'X-Forwarded-For': address, ...headers } });
}

const user = (/** @type {number | string} */ name) => ({ visitor: `user ${name}` });
const stranger = () => {
  const address = somewhere();
  return { visitor: `anybody ${address}`, address };
};
const known = () => {
  const address = somewhere();
  return { visitor: `known ${address}`, address };
};

/**
 * @param {{server: import('node:net').Server}} stub
 * @returns {Promise<number>}
 */
const connectionsOf = ({ server }) =>
  new Promise((resolve) =>
    server.getConnections((_, count) => {
      resolve(count);
    }),
  );

/**
 * The answers to as many requests at a time, and how many of them the image server ever heard of together.
 * @param {Who[]} visitors who sends each request
 */
async function flood(visitors) {
  works();
  const before = stack.images.asked.length;
  const answers = visitors.map((who) => askFor(who));
  let refused = 0;
  for (const answer of answers) void answer.then(() => (refused += 1));
  // A request that is let through waits for the image server.
  const atOnce = () => stack.images.asked.length - before;
  await until('all are refused or served', () => refused + atOnce() === visitors.length);
  return { answers, atOnce: atOnce() };
}

/** @param {Promise<{status: number | undefined}>[]} answers */
const shown = async (answers) => (await Promise.all(answers)).filter(({ status }) => status === 200).length;

test('24 by one visitor: two at the image server, the others 503 in words', async () => {
  const { answers, atOnce } = await flood(Array(24).fill(stranger()));
  assert.equal(atOnce, 2);
  release();
  const all = await Promise.all(answers);
  assert.equal(all.filter(({ status }) => status === 200).length, 2);
  for (const { json, headers } of all.filter(({ status }) => status !== 200)) {
    assert.equal(json?.error, 'busy');
    assert.deepEqual(headers['retry-after'], ['5']);
    assert.deepEqual(headers['cache-control'], ['no-store']);
    assert.deepEqual(headers['access-control-allow-origin'], ['*']);
    assert.equal(headers['x-lane'], undefined);
  }
  assert.ok(all.every(({ status }) => status === 200 || status === 503));
});

test('strangers get half of the places, known visitors a quarter more, users all; the last worker is there for a tile', async () => {
  const strangers = await flood(Array.from({ length: 12 }, stranger));
  assert.equal(strangers.atOnce, PLACES / 2);
  const acquaintances = await flood(Array.from({ length: 12 }, known));
  assert.equal(acquaintances.atOnce, PLACES / 4);
  const users = await flood(Array.from({ length: 3 }, (_, name) => user(name)));
  assert.equal(users.atOnce, PLACES / 4);
  const working = stack.images.answer;
  stack.images.answer = () => jpeg();
  assert.equal((await askFor(stranger(), { price: 16 })).status, 200);
  stack.images.answer = working;
  release();
  assert.equal(await shown([...strangers.answers, ...acquaintances.answers, ...users.answers]), PLACES);
});

test('a swarm of addresses of one network is one visitor', async () => {
  const addresses = Array.from({ length: 12 }, (_, host) => `203.0.113.${host + 1}`);
  const { atOnce, answers } = await flood(addresses.map((address) => ({ visitor: `anybody ${address}`, address })));
  assert.equal(atOnce, 2);
  release();
  await Promise.all(answers);
});

test('a user waits for a place that becomes free; others are told at once', async () => {
  const { answers } = await flood(Array.from({ length: PLACES }, (_, name) => user(name)));
  const late = askFor(user('late'));
  assert.equal((await askFor(stranger())).status, 503);
  release();
  stack.images.answer = () => jpeg();
  assert.equal((await late).status, 200);
  await Promise.all(answers);
  await until('the log says so', () => / lane=delayed$/m.test(stack.log()));
});

test('what is in the cache is for everybody meanwhile', async () => {
  assert.equal((await askFor(user(1), { at: 999 })).status, 200);
  const { answers } = await flood(Array(6).fill(user(1)));
  assert.equal((await askFor(user(1), { at: 999 })).status, 200);
  release();
  await Promise.all(answers);
});

test('when they are done the next ones are made, however they ended', async () => {
  const endings = [jpeg(), { status: 500 }, { status: 404 }, { destroy: true }, jpeg({}, Buffer.from('no picture'))];
  for (const [index, answer] of endings.entries()) {
    const who = user(`who asks again ${index}`);
    stack.images.answer = () => answer;
    await Promise.all([askFor(who), askFor(who)]);
    await until('there is room again', async () => (await flood([who, who])).atOnce === 2);
    release();
    await until('the connections are closed', async () => (await connectionsOf(stack.images)) === 0);
    finished = new Promise((resolve) => (release = resolve));
  }
});

test('who hangs up has the image server work on, so it still counts', async () => {
  works();
  const who = stranger();
  const controllers = [new AbortController(), new AbortController()];
  const gone = controllers.map(({ signal }, index) => {
    const path = `${image}?visitor=${encodeURIComponent(who.visitor)}&at=7${index}&price=${DEAR}`;
    const headers = { 'X-Forwarded-For': who.address };
    return fetch(`http://127.0.0.1:${stack.port}${path}`, { signal, headers }).catch(() => 'gone');
  });
  await until('both have arrived', () => stack.images.asked.length === 2);
  for (const controller of controllers) controller.abort();
  assert.deepEqual(await Promise.all(gone), ['gone', 'gone']);
  assert.equal((await askFor(who)).status, 503);
  release();
});

test('thirty thumbnails at once are cheap: all are answered', async () => {
  const who = stranger();
  const answers = await Promise.all(Array.from({ length: 30 }, () => askFor(who, { price: 16 })));
  assert.ok(answers.every(({ status }) => status === 200));
  assert.equal(stack.images.asked.length, 30);
});

test('more than a minute’s budget is 429 to a network, until the next minute; a user of it has an own one', async () => {
  const address = somewhere();
  const one = { visitor: `anybody ${address}`, address };
  const neighbour = { visitor: `anybody ${address}1`, address: `${address}1` };
  // A minute may begin in between: then it is spent again.
  await until('the budget is spent', async () => {
    for (const who of [one, neighbour]) await askFor(who, { price: BUDGET });
    const { status, json, headers } = await askFor(neighbour);
    if (status !== 429) return false;
    assert.equal(json?.error, 'too_many');
    assert.deepEqual(headers['retry-after'], ['60']);
    assert.deepEqual(headers['access-control-allow-origin'], ['*']);
    return true;
  });
  assert.equal((await askFor(one, { price: 16 })).status, 200);
  assert.equal((await askFor({ visitor: 'user 7', address })).status, 200);
  assert.equal((await askFor(stranger())).status, 200);
});

test('a client cannot say what something costs, or who it is', async () => {
  const who = stranger();
  const headers = { 'X-Image-Price': '0', 'X-Visitor': 'user 9', 'X-Network': '198.51.100.1' };
  works();
  const answers = [1, 2, 3, 4].map(() => askFor(who, { headers }));
  await until('both have arrived', () => stack.images.asked.length === 2);
  release();
  assert.equal((await Promise.all(answers)).filter(({ status }) => status === 503).length, 2);
});

test('without a price nothing is rendered', async () => {
  stack.auth.answer = () => allow({ 'X-Image-Price': '' });
  assert.equal((await stack.ask(image)).status, 503);
  assert.equal(stack.images.asked.length, 0);
});
