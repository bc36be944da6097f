// What certbot does when it gets no certificate: says why, keeps the old one, waits.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { startPebble } from './pebble.mjs';
import { Certbot, clockIn, startChallenges } from './certbot.mjs';
import { problem, rateLimited, startStandIn } from './standIn.mjs';

const hour = 3_600_000;
/** @type {import('./certbot.mjs').Challenges} */
let challenges;
/** @type {import('./pebble.mjs').Pebble} */
let pebble;
/** @type {import('./standIn.mjs').StandIn} */
let standIn;
/** @type {Certbot} */
let certbot;

before(async () => {
  challenges = await startChallenges();
  pebble = await startPebble({ httpPort: challenges.port, blocked: ['blocked.example.org'] });
});
after(() => Promise.all([pebble.stop(), challenges.stop()]));
beforeEach(async () => {
  standIn = await startStandIn(() => problem(403, 'rejectedIdentifier', 'the stand-in "never" does'));
});
afterEach(async () => {
  await certbot.remove();
  await standIn.stop();
});

/**
 * @param {import('./pebble.mjs').AcmeServer} acme
 * @param {import('./certbot.mjs').Settings} [settings]
 */
const use = (acme, settings) => {
  certbot = challenges.certbot = new Certbot(acme, settings);
};
const served = (/** @type {import('./pebble.mjs').AcmeServer} */ acme) => ({
  ACME_DIRECTORY: acme.directory,
  REQUESTS_CA_BUNDLE: acme.caFile,
});
const failure = /no new certificate/;
const failures = () => certbot.lines().filter((line) => failure.test(line));

/**
 * @param {string} line
 * @returns when it says that certbot tries again, in milliseconds (the line has whole minutes)
 */
function again(line) {
  const [, day, time] = / Trying again at (\S+) (\S+) UTC\.$/.exec(line) ?? [];
  return Date.parse(`${day}T${time}:59Z`);
}

test('a host that cannot be reached: why, what is in use, when again; not before, and the old certificate stays', async () => {
  use(pebble);
  certbot.start();
  const { text } = await certbot.certificate();
  await certbot.stop();

  const other = await startPebble({ httpPort: challenges.port });
  try {
    challenges.certbot = undefined;
    certbot.start(served(other));
    const line = await certbot.line(failure);
    assert.match(line, /^certbot: images\.example\.org: no new certificate: .*well-known\/acme-challenge.*404/);
    assert.match(line, / The certificate in use is valid until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. /);
    assert.ok(again(line) > Date.now() + hour / 4 - 60_000 && again(line) < Date.now() + hour / 3);
    assert.equal(readFileSync(certbot.installed(), 'utf8'), text);
    assert.equal(other.orders(), 1);

    await certbot.stop();
    certbot.start();
    await certbot.line(
      /the last attempt failed or was cut off\. The certificate in use is valid until .* Trying again at/,
    );
    assert.equal(other.orders(), 1);

    challenges.certbot = certbot;
    assert.equal((await certbot.run('try-now')).status, 0);
    await certbot.certificate((found) => found.text !== text);
    assert.equal(certbot.process.exitCode, null);
  } finally {
    await other.stop();
  }
});

test('a name that the server refuses: in its own words', async () => {
  use(pebble, { VIRTUAL_HOST: 'blocked.example.org' });
  certbot.start();
  const line = await certbot.line(failure);
  assert.match(line, /blocked\.example\.org: no new certificate: .*(policy|blocklist|forbid|refus)/i);
  assert.match(line, / There is no certificate yet\. /);
  assert.doesNotMatch(certbot.lines().join(), /Traceback|AttributeError|acme\.messages/);
});

test('waits grow, up to the longest', async () => {
  use(standIn, { FIRST_WAIT: '900', ROUND_EVERY: '1800', LOOK_EVERY: '0.02' });
  const clock = clockIn(certbot.folder);
  let time = 2_000_000_000;
  clock.set(time);
  certbot.start(clock.settings);
  for (const [attempts, wait] of [
    [1, 900],
    [2, 1800],
    [3, 1800],
  ]) {
    await until(`failure ${attempts}`, () => failures().length === attempts);
    clock.set(time + wait - 1);
    const looks = clock.looks();
    await until('some more looks', () => clock.looks() > looks + 200);
    assert.equal(standIn.orders, attempts, 'not before');
    clock.set((time += wait));
  }
  await until('a fourth order', () => standIn.orders === 4);
  await certbot.line(/no new certificate: the stand-in "never" does\. /);
});

/** @type {[what: string, answer: import('./standIn.mjs').Answer, hours: number][]} */
const limits = [
  ['names no time', () => rateLimited('too many certificates'), 12],
  ['names a time in a header', () => rateLimited('too many', { 'Retry-After': String(30 * 3600) }), 30],
  [
    'names a date in a header',
    () => rateLimited('too many', { 'Retry-After': new Date(Date.now() + 40 * hour).toUTCString() }),
    40,
  ],
  ['names a date in words', () => rateLimited(`too many, retry after ${inHours(50)} UTC: see https://x`), 50],
  ['names a shorter time', () => rateLimited('too many', { 'Retry-After': '5' }), 12],
];
for (const [what, answer, hours] of limits) {
  test(`a rate limit that ${what}: one order, and none before it is time, over restarts too`, async () => {
    standIn.answer = answer;
    use(standIn, { FIRST_WAIT: '1' });
    certbot.start();
    const line = await certbot.line(failure);
    assert.match(line, /no new certificate: too many/);
    const expected = Date.now() + hours * hour;
    assert.ok(Math.abs(again(line) - expected) < 90_000, line);
    assert.equal(standIn.orders, 1);

    const asked = standIn.asked.length;
    await certbot.stop();
    certbot.start();
    await certbot.line(/the last attempt failed/);
    await certbot.kill();
    certbot.start();
    await until(
      'the second line',
      () => certbot.lines().filter((text) => /the last attempt failed/.test(text)).length === 2,
    );
    assert.equal(standIn.asked.length, asked);
  });
}

/** @param {number} hours */
function inHours(hours) {
  return new Date(Date.now() + hours * hour).toISOString().slice(0, 19).replace('T', ' ');
}

/** @type {[what: string, settings: () => import('./certbot.mjs').Settings][]} */
const others = [
  ['another host', () => ({ VIRTUAL_HOST: 'maps.example.org' })],
  ['another e-mail address', () => ({ LETSENCRYPT_EMAIL: 'library@example.org' })],
  ['another ACME server', () => ({ ACME_DIRECTORY: standIn.at('/gone') })],
];
for (const [what, settings] of others) {
  test(`${what} is tried at once`, async () => {
    use(standIn);
    certbot.start();
    await certbot.line(failure);
    await certbot.stop();
    certbot.start(settings());
    await until('a second try', () => failures().length === 2);
    assert.equal(certbot.lines().length, 2);
  });
}

/** @type {[what: string, settings: () => import('./certbot.mjs').Settings, expected: RegExp][]} */
const unreachable = [
  [
    'no directory there',
    () => ({ ACME_DIRECTORY: standIn.at('/gone') }),
    /gone answers HTTP 404 \(ACME_DIRECTORY\)\. /,
  ],
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
    'a server that no authority vouches for',
    () => ({ REQUESTS_CA_BUNDLE: '/etc/ssl/certs/ca-certificates.crt' }),
    /does not answer \(ACME_DIRECTORY\): .*self.signed certificate/,
  ],
];
for (const [what, settings, expected] of unreachable) {
  test(`${what}: one line, in plain words`, async () => {
    use(standIn, settings());
    certbot.start();
    assert.match(await certbot.line(failure), expected);
    assert.equal(certbot.lines().length, 1);
    assert.equal(standIn.orders, 0);
  });
}

test('an account that the server has forgotten: the next attempt makes another one', async () => {
  use(standIn);
  certbot.start();
  await certbot.line(failure);
  standIn.answer = () => problem(400, 'accountDoesNotExist', 'unknown account');
  await certbot.run('try-now');
  await certbot.line(/no new certificate: unknown account\. /);
  const accounts = () => standIn.asked.filter((path) => path === '/account').length;
  assert.equal(accounts(), 1);
  await certbot.run('try-now');
  await until('another account', () => accounts() === 2);
});

test('killed in the middle again and again: the third time it waits', async () => {
  standIn.answer = () => undefined;
  use(standIn);
  for (const count of [1, 2]) {
    certbot.start();
    await until('an order', () => standIn.orders === count);
    await certbot.kill();
  }
  certbot.start();
  await certbot.line(/the last attempt failed or was cut off\. There is no certificate yet\. Trying again at/);
  assert.equal(standIn.orders, 2);
  assert.match(readFileSync(join(certbot.environment.STATE_DIR, 'wait'), 'utf8'), /^images\.example\.org /);
});
