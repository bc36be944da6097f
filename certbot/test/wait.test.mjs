// How long it waits when a clock or a server is wrong, and when it is told not to wait.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { until } from './pebble.mjs';
import { Room } from './room.mjs';
import { problem, rateLimited, startStandIn } from './standIn.mjs';

const day = 86_400; // seconds
const now = () => Math.floor(Date.now() / 1000);
let standIn;
let room;

beforeEach(async () => {
  standIn = await startStandIn(() => problem(403, 'rejectedIdentifier', 'never'));
  room = new Room(standIn);
});
afterEach(async () => {
  await room.remove();
  await standIn.stop();
});

const waitFile = () => join(room.environment.STATE_DIR, 'wait');
const keptUntil = () => Number(readFileSync(waitFile(), 'utf8').split('\n')[2]);
const isSevenDays = (time) => assert.ok(Math.abs(time - now() - 7 * day) < 30, `${(time - now()) / day} days`);

test('a wait that was kept while the clock was ahead: seven days, which the next start does not begin anew', async () => {
  const { VIRTUAL_HOST, ACME_DIRECTORY, LETSENCRYPT_EMAIL } = room.environment;
  writeFileSync(waitFile(), `${VIRTUAL_HOST} ${ACME_DIRECTORY} ${LETSENCRYPT_EMAIL}\n2\n${now() + 4000 * day}\n`);
  room.start();
  const line = await room.line(/the last attempt failed or was cut off\. .* Trying again at/);
  const [, date, time] = / at (\S+) (\S+) UTC\.$/.exec(line);
  isSevenDays(Date.parse(`${date}T${time}:30Z`) / 1000);
  isSevenDays(keptUntil());
  assert.deepEqual(standIn.asked, []);
});

test('a server that wants to be left alone for ever: seven days', async () => {
  standIn.answer = () => rateLimited('too many, retry after 9999-12-31 23:59:59 UTC', { 'Retry-After': '999999999' });
  room.start();
  await room.line(/no new certificate: too many/);
  isSevenDays(keptUntil());
});

test('a clock that was ahead and goes back: the next attempt is seven days away at most', async () => {
  const clock = join(room.folder, 'clock');
  const set = (time) => {
    writeFileSync(`${clock}.new`, String(time));
    renameSync(`${clock}.new`, clock);
  };
  set(now() + 36_500 * day);
  // bash reads this before the script. Without its meaning EPOCHSECONDS is a variable as any other.
  const clockwork = join(room.folder, 'clockwork');
  writeFileSync(clockwork, `unset EPOCHSECONDS; set -o functrace; trap 'EPOCHSECONDS=$(<"${clock}")' DEBUG\n`);
  room.start({ BASH_ENV: clockwork });
  await room.line(/no new certificate: never\. .* Trying again at 21/);

  let time = now();
  await until('another attempt', () => {
    set((time += day));
    return standIn.orders.length > 1;
  });
});

test('try-now while it tries: it tries once more, however often that was', async () => {
  let waiting;
  standIn.answer = () => {
    if (standIn.orders.length === 1) {
      for (let n = 0; n < 5; n++) execFileSync(join(import.meta.dirname, '../try-now'), { env: room.environment });
    } else {
      waiting = callsWaiting();
    }
    return problem(403, 'rejectedIdentifier', 'never');
  };
  room.start();
  await until('the second attempt', () => waiting !== undefined);
  assert.equal(waiting, '');
});

/** @returns what is in the pipe that try-now writes to */
function callsWaiting() {
  const pipe = openSync(join(room.environment.STATE_DIR, 'try-now'), constants.O_RDWR | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(100);
  try {
    return buffer.toString('utf8', 0, readSync(pipe, buffer));
  } catch (error) {
    if (error.code === 'EAGAIN') return '';
    throw error;
  } finally {
    closeSync(pipe);
  }
}
