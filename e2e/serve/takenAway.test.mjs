// How long a right lives that is taken away while a viewer goes on asking, in every way in which that can be done; and many
// readers of what is protected at once.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { island, islandTile, nativeTile } from '../compose/samples.mjs';
import { cookieOfLogin } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

/** Milliseconds: a second in auth for what another process has changed, two in nginx (docs/operations/performance.md). */
const LONGEST = 3000;
const CLI = join(import.meta.dirname, '../../vitrine');
const MANIFEST = '/iiif/3/manifests/maps';
const ADDRESSES = [nativeTile, islandTile, `${island}/info.json`, MANIFEST];

const vitrine = await startServe({ env: { PROTECT_MANIFESTS: 'true' } });
after(vitrine.stop);
const nobody = new Client(vitrine.url);
const reader = { email: 'reader@library.example', password: 'a long way to the sea' };

/**
 * @param {string[]} parameters
 * @param {string} [input]
 */
async function cli(parameters, input) {
  const { code, text } = await runCommand(CLI, ['--data', vitrine.data, ...parameters], { env: vitrine.env, input });
  assert.equal(code, 0, text);
}
before(() => cli(['user', 'add', reader.email, '--password-stdin'], reader.password));

/** @type {Record<string, (cookie: string) => Promise<unknown>>} */
const ways = {
  'the session is ended': () => cli(['session', 'end', '--user', reader.email]),
  'the user logs out': (cookie) => nobody.ask('/auth/logout', { headers: { cookie, 'Sec-Fetch-Site': 'same-origin' } }),
  'the user is disabled': () => cli(['user', 'disable', reader.email]),
  'the password is changed': async () => {
    reader.password += '!';
    await cli(['user', 'passwd', reader.email, '--password-stdin'], reader.password);
  },
};

for (const [what, takeAway] of Object.entries(ways)) {
  test(`${what}: ${LONGEST} ms later a viewer that goes on asking has seen the last of it, also of what it keeps`, async () => {
    await cli(['user', 'enable', reader.email]);
    const cookie = await cookieOfLogin(vitrine, reader);
    const others = await cookieOfLogin(vitrine, vitrine.admin);
    let takenAt = Infinity;
    const isOver = () => Date.now() > takenAt + LONGEST + 1000;
    const watched = ADDRESSES.map((path) => goOnAsking(path, cookie, isOver));
    const goesOn = goOnAsking(nativeTile, others, isOver);
    await Promise.all(
      ADDRESSES.map((path) => nobody.until(path, ({ status }) => status === 200, 60, { headers: { cookie } })),
    );
    await pause(500); // it is looked at
    await takeAway(cookie);
    takenAt = Date.now();

    for (const [number, seen] of (await Promise.all(watched)).entries()) {
      const path = ADDRESSES[number];
      assert.ok(seen.whole > 0 && seen.known > 0, `${path} was shown, and known`);
      assert.ok(
        seen.lastAsked < takenAt + LONGEST,
        `${path} was shown to a question ${seen.lastAsked - takenAt} ms later`,
      );
      assert.equal(seen.lastStatus, 401, path);
    }
    assert.equal((await goesOn).lastStatus, 304, 'the login of somebody else goes on');
  });
}

/**
 * Asks as a viewer does whose browser keeps what it gets.
 * @param {string} path
 * @param {string} cookie
 * @param {() => boolean} isOver
 * @returns how often it was sent, and known already; when (as of Date.now) it was asked for the last time with success
 */
async function goOnAsking(path, cookie, isOver) {
  const seen = { whole: 0, known: 0, lastAsked: 0, lastStatus: 0 };
  /** @type {string | undefined} */
  let etag;
  while (!isOver()) {
    const asked = Date.now();
    const headers = { cookie, ...(etag === undefined ? {} : { 'If-None-Match': etag }) };
    const answer = await nobody.ask(path, { headers });
    assert.ok([200, 304, 401].includes(answer.status), `${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
    if (answer.status === 200) seen.whole += 1;
    if (answer.status === 304) seen.known += 1;
    if (answer.status !== 401) [seen.lastAsked, etag] = [asked, answer.headers.etag];
    seen.lastStatus = answer.status;
    await pause(20);
  }
  return seen;
}

test('many at once ask for a protected manifest: it is the same for all who may see it, and 401 for the others', async () => {
  const cookie = await cookieOfLogin(vitrine, vitrine.admin);
  const known = await nobody.ask(MANIFEST, { headers: { cookie } });
  assert.equal(known.status, 200);
  const asks = Array.from({ length: 120 }, async (_, number) => {
    const may = number % 3 !== 0;
    const conditional = number % 4 === 1;
    const headers = { ...(may && { cookie }), ...(conditional && { 'If-None-Match': known.headers.etag }) };
    const answer = await nobody.ask(MANIFEST, { method: number % 5 ? 'GET' : 'HEAD', headers });
    const at = `${number}: ${answer.text.slice(0, 80)}`;
    assert.equal(answer.status, may ? (conditional ? 304 : 200) : 401, at);
    assert.equal(answer.headers.etag, may ? known.headers.etag : undefined, at);
    assert.equal(answer.headers['cache-control'], may ? known.headers['cache-control'] : 'no-store', at);
    if (number % 5 === 0 || answer.status === 304) assert.equal(answer.body.length, 0, at);
    else if (may) assert.deepEqual(answer.body, known.body, at);
    else assert.match(answer.text, /AuthCookieService1/, at);
  });
  await Promise.all(asks);
});
