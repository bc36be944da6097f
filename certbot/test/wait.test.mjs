// How long it waits when a clock or a server is wrong, and when it is told not to wait.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { Certbot, clockIn } from './certbot.mjs';
import { problem, rateLimited, startStandIn } from './standIn.mjs';

const day = 86_400; // seconds
const now = () => Math.floor(Date.now() / 1000);
/** @type {import('./standIn.mjs').StandIn} */
let standIn;
/** @type {Certbot} */
let certbot;

beforeEach(async () => {
  standIn = await startStandIn(() => problem(403, 'rejectedIdentifier', 'never'));
  certbot = new Certbot(standIn);
});
afterEach(async () => {
  await certbot.remove();
  await standIn.stop();
});

const waitFile = () => join(certbot.environment.STATE_DIR, 'wait');
const keptUntil = () => Number(readFileSync(waitFile(), 'utf8').split('\n')[2]);
const isSevenDays = (/** @type {number} */ time) => {
  assert.ok(Math.abs(time - now() - 7 * day) < 30, `${(time - now()) / day} days`);
};

test('a wait that was kept while the clock was ahead: seven days, which do not begin again at the next start', async () => {
  const { VIRTUAL_HOST, ACME_DIRECTORY, LETSENCRYPT_EMAIL } = certbot.environment;
  writeFileSync(waitFile(), `${VIRTUAL_HOST} ${ACME_DIRECTORY} ${LETSENCRYPT_EMAIL}\n2\n${now() + 4000 * day}\n`);
  certbot.start();
  const line = await certbot.line(/the last attempt failed or was cut off\. .* Trying again at/);
  const [, date, time] = / at (\S+) (\S+) UTC\.$/.exec(line) ?? [];
  isSevenDays(keptUntil());
  assert.equal(Date.parse(`${date}T${time}Z`) / 60_000, Math.floor(keptUntil() / 60));
  assert.deepEqual(standIn.asked, []);
});

test('a server that wants to be left alone for ever: seven days', async () => {
  standIn.answer = () => rateLimited('too many, retry after 9999-12-31 23:59:59 UTC', { 'Retry-After': '999999999' });
  certbot.start();
  await certbot.line(/no new certificate: too many/);
  isSevenDays(keptUntil());
});

test('a clock that was ahead and goes back: the next attempt is seven days away at most', async () => {
  const clock = clockIn(certbot.folder);
  clock.set(now() + 36_500 * day);
  certbot.start(clock.settings);
  await certbot.line(/no new certificate: never\. .* Trying again at 21/);

  let time = now();
  await until('another attempt', () => {
    clock.set((time += day));
    return standIn.orders > 1;
  });
});

test('try-now while it tries: it tries once more, however often that was', async () => {
  /** @type {string | undefined} */
  let waiting;
  standIn.answer = () => {
    if (standIn.orders === 1) {
      for (let n = 0; n < 5; n++) execFileSync(join(import.meta.dirname, '../try-now'), { env: certbot.environment });
    } else {
      waiting = callsWaiting();
    }
    return problem(403, 'rejectedIdentifier', 'never');
  };
  certbot.start();
  await until('the second attempt', () => waiting !== undefined, 60);
  assert.equal(waiting, '');
});

/** @returns what is in the pipe that try-now writes to */
function callsWaiting() {
  const pipe = openSync(join(certbot.environment.STATE_DIR, 'try-now'), constants.O_RDWR | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(100);
  try {
    return buffer.toString('utf8', 0, readSync(pipe, buffer));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return '';
    throw error;
  } finally {
    closeSync(pipe);
  }
}
