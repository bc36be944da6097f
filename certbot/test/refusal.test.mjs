// What certbot does when it gets no certificate: says why, keeps the old one, waits.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startPebble, until } from './pebble.mjs';
import { Room, startChallenges } from './room.mjs';
import { problem, rateLimited, startStandIn } from './standIn.mjs';

const hour = 3_600_000;
let challenges;
let pebble;
let standIn;
let room;

before(async () => {
  challenges = await startChallenges();
  pebble = await startPebble({ httpPort: challenges.port, blocked: ['blocked.example.org'] });
});
after(() => Promise.all([pebble?.stop(), challenges.stop()]));
beforeEach(async () => {
  standIn = await startStandIn(() => problem(403, 'rejectedIdentifier', 'the stand-in "never" does'));
});
afterEach(async () => {
  await room.remove();
  await standIn.stop();
});

const use = (acme, settings) => {
  room = challenges.room = new Room(acme, settings);
};
const served = (acme) => ({ ACME_DIRECTORY: acme.directory, REQUESTS_CA_BUNDLE: acme.caFile });
const failure = /no new certificate/;
const failures = () => room.lines().filter((line) => failure.test(line));

/** @returns when the line says that it tries again, in milliseconds (the line has whole minutes) */
function again(line) {
  const [, day, time] = / Trying again at (\S+) (\S+) UTC\.$/.exec(line);
  return Date.parse(`${day}T${time}:59Z`);
}

test('a host that cannot be reached: why, what is in use, when again; not before, and the old certificate stays', async () => {
  use(pebble);
  room.start();
  const { text } = await room.certificate();
  await room.stop();

  const other = await startPebble({ httpPort: challenges.port });
  try {
    challenges.room = undefined;
    room.start(served(other));
    const line = await room.line(failure);
    assert.match(line, /^certbot: images\.example\.org: no new certificate: .*well-known\/acme-challenge.*404/);
    assert.match(line, / The certificate in use is valid until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. /);
    assert.ok(again(line) > Date.now() + hour / 4 - 60_000 && again(line) < Date.now() + hour / 3);
    assert.equal(readFileSync(room.installed(), 'utf8'), text);
    assert.equal(other.orders(), 1);

    await room.stop();
    room.start();
    await room.line(
      /the last attempt failed or was cut off\. The certificate in use is valid until .* Trying again at/,
    );
    assert.equal(other.orders(), 1);

    challenges.room = room;
    assert.equal((await room.run('try-now')).status, 0);
    await room.certificate((found) => found.text !== text);
    assert.equal(room.process.exitCode, null);
  } finally {
    await other.stop();
  }
});

test('a name that the server refuses: in its own words', async () => {
  use(pebble, { VIRTUAL_HOST: 'blocked.example.org' });
  room.start();
  const line = await room.line(failure);
  assert.match(line, /blocked\.example\.org: no new certificate: .*(policy|blocklist|forbid|refus)/i);
  assert.match(line, / There is no certificate yet\. /);
  assert.doesNotMatch(room.lines().join(), /Traceback|AttributeError|acme\.messages/);
});

test('waits grow, up to the longest', async () => {
  use(standIn, { FIRST_WAIT: '2', ROUND_EVERY: '4' });
  room.start();
  await until('four orders', () => standIn.orders.length === 4);
  const gaps = standIn.orders.slice(1).map((time, index) => time - standIn.orders[index]);
  // bash counts whole seconds
  assert.ok(gaps[0] > 1000 && gaps[0] < 3500 && gaps[1] > 3000 && gaps[2] > 3000 && gaps[2] < 6000, String(gaps));
  await room.line(/no new certificate: the stand-in "never" does\. /);
});

for (const [what, answer, hours] of [
  ['names no time', () => rateLimited('too many certificates'), 12],
  ['names a time in a header', () => rateLimited('too many', { 'Retry-After': String(30 * 3600) }), 30],
  [
    'names a date in a header',
    () => rateLimited('too many', { 'Retry-After': new Date(Date.now() + 40 * hour).toUTCString() }),
    40,
  ],
  ['names a date in words', () => rateLimited(`too many, retry after ${inHours(50)} UTC: see https://x`), 50],
  ['names a shorter time', () => rateLimited('too many', { 'Retry-After': '5' }), 12],
]) {
  test(`a rate limit that ${what}: one order, and none before it is time, over restarts too`, async () => {
    standIn.answer = answer;
    use(standIn, { FIRST_WAIT: '1' });
    room.start();
    const line = await room.line(failure);
    assert.match(line, /no new certificate: too many/);
    const expected = Date.now() + hours * hour;
    assert.ok(Math.abs(again(line) - expected) < 90_000, line);
    assert.equal(standIn.orders.length, 1);

    const asked = standIn.asked.length;
    await room.stop();
    room.start();
    await room.line(/the last attempt failed/);
    await room.kill();
    room.start();
    await until(
      'the second line',
      () => room.lines().filter((text) => /the last attempt failed/.test(text)).length === 2,
    );
    assert.equal(standIn.asked.length, asked);
  });
}

function inHours(hours) {
  return new Date(Date.now() + hours * hour).toISOString().slice(0, 19).replace('T', ' ');
}

for (const [what, settings] of [
  ['another host', { VIRTUAL_HOST: 'maps.example.org' }],
  ['another e-mail address', { LETSENCRYPT_EMAIL: 'library@example.org' }],
  ['another ACME server', { ACME_DIRECTORY: 'other' }],
]) {
  test(`${what} is tried at once`, async () => {
    use(standIn);
    room.start();
    await room.line(failure);
    await room.stop();
    if (settings.ACME_DIRECTORY) settings.ACME_DIRECTORY = standIn.at('/gone');
    room.start(settings);
    await until('a second try', () => failures().length === 2);
    assert.equal(room.lines().length, 2);
  });
}

for (const [what, settings, expected] of [
  ['no directory there', (at) => ({ ACME_DIRECTORY: at('/gone') }), /gone answers HTTP 404 \(ACME_DIRECTORY\)\. /],
  [
    'nobody there',
    () => ({ ACME_DIRECTORY: 'https://127.0.0.1:9/directory' }),
    /9\/directory does not answer \(ACME_DIRECTORY\): .*Connection refused\. /,
  ],
  [
    'no such name',
    () => ({ ACME_DIRECTORY: 'https://acme.invalid/' }),
    /acme\.invalid\/ does not answer \(ACME_DIRECTORY\): .*(not known|name resolution|No address)[^.]*\. There is/,
  ],
  [
    'a server that nobody vouches for',
    () => ({ REQUESTS_CA_BUNDLE: '/etc/ssl/certs/ca-certificates.crt' }),
    /does not answer \(ACME_DIRECTORY\): .*self.signed certificate/,
  ],
]) {
  test(`${what}: one line, in plain words`, async () => {
    use(standIn, settings(standIn.at));
    room.start();
    assert.match(await room.line(failure), expected);
    assert.equal(room.lines().length, 1);
    assert.equal(standIn.orders.length, 0);
  });
}

test('an account that the server has forgotten: the next attempt makes another one', async () => {
  use(standIn);
  room.start();
  await room.line(failure);
  standIn.answer = () => problem(400, 'accountDoesNotExist', 'unknown account');
  await room.run('try-now');
  await room.line(/no new certificate: unknown account\. /);
  const accounts = () => standIn.asked.filter((path) => path === '/account').length;
  assert.equal(accounts(), 1);
  await room.run('try-now');
  await until('another account', () => accounts() === 2);
});

test('killed in the middle again and again: the third time it waits', async () => {
  standIn.answer = () => undefined;
  use(standIn);
  for (const count of [1, 2]) {
    room.start();
    await until('an order', () => standIn.orders.length === count);
    await room.kill();
  }
  room.start();
  await room.line(/the last attempt failed or was cut off\. There is no certificate yet\. Trying again at/);
  assert.equal(standIn.orders.length, 2);
  assert.match(readFileSync(join(room.environment.STATE_DIR, 'wait'), 'utf8'), /^images\.example\.org /);
});
