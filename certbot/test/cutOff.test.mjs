// certbot stopped or killed in the middle, and what that leaves on the disk.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../test-support/until.mjs';
import { startPebble } from './pebble.mjs';
import { Certbot, SECONDS, startChallenges } from './certbot.mjs';

const host = 'images.example.org';
/** @type {import('./certbot.mjs').Challenges} */
let challenges;
/** @type {import('./pebble.mjs').Pebble} */
let pebble;
/** @type {Certbot} */
let certbot;

before(async () => {
  challenges = await startChallenges();
  pebble = await startPebble({ httpPort: challenges.port });
});
after(() => Promise.all([pebble.stop(), challenges.stop()]));
beforeEach(() => {
  certbot = challenges.certbot = new Certbot(pebble);
});
afterEach(async () => {
  challenges.hold = false;
  await certbot.remove();
});

/** Starts certbot, and waits until the ACME server has come for the challenge, which is not answered. */
async function toTheMiddle() {
  challenges.hold = true;
  challenges.asked.length = 0;
  certbot.start();
  await until('the ACME server to come', () => challenges.asked.length > 0, SECONDS);
  challenges.hold = false;
}

test('killed while the ACME server looks at the challenge: the next start gets the certificate', async () => {
  await toTheMiddle();
  await certbot.kill();
  const left = challenges.asked[0];
  assert.ok(existsSync(join(certbot.environment.CHALLENGE_DIR, left)), 'it was really in the middle');
  certbot.start();
  const { key, leaf } = await certbot.certificate();
  assert.ok(leaf.checkPrivateKey(key));
  await until('the rest to be gone', () => !existsSync(join(certbot.environment.CHALLENGE_DIR, left)));
});

test('stopped in the middle: ends at once with all it has started, and the next start gets the certificate', async () => {
  await toTheMiddle();
  challenges.hold = true; // what ends it is the signal: neither a certificate nor a refusal comes
  const started = certbot.processes();
  assert.ok(started.length > 2, 'certbot is there');
  // Docker kills what is still there after ten seconds.
  assert.equal(await Promise.race([certbot.stop(), pause(9000, 'still there', { ref: false })]), 0);
  challenges.hold = false;
  assert.deepEqual(certbot.lines(), []);
  assert.ok(!started.some((pid) => existsSync(`/proc/${pid}`)));
  certbot.start();
  await certbot.certificate();
});

test('left behind: a wait that is half written counts as none', async () => {
  writeFileSync(join(certbot.environment.STATE_DIR, 'wait'), `${host} `);
  certbot.start();
  await certbot.certificate();
});

// A certbot that is killed between two files leaves one of these. certbot itself gives up on them, or issues for another name.
// Each is at least one run of certbot, which is two seconds of Python.
describe('left behind:', () => {
  /** @type {string} */
  let whole;
  /** @type {Certbot} certbot's files name their folder, so all tests are in one */
  let used;

  before(async () => {
    used = challenges.certbot = new Certbot(pebble);
    used.start();
    await used.certificate();
    await used.stop();
    whole = join(used.folder, 'whole');
    rmSync(join(used.environment.STATE_DIR, 'try-now')); // a pipe, which cannot be copied
    cpSync(used.environment.STATE_DIR, whole, { recursive: true, verbatimSymlinks: true });
  });
  after(() => used.remove());
  afterEach(() => used.end());
  beforeEach(() => {
    challenges.certbot = used;
    rmSync(used.environment.STATE_DIR, { recursive: true });
    rmSync(used.logFile);
    rmSync(used.installed(), { force: true });
    cpSync(whole, used.environment.STATE_DIR, { recursive: true, verbatimSymlinks: true });
  });

  /** @typedef {'renewal' | 'live' | 'archive'} Part of certbot's folder */

  const at = (/** @type {Part} */ part, file = '') =>
    join(used.home, part, part === 'renewal' ? `${host}.conf` : host, file);
  const remove = (/** @type {Part[]} */ ...parts) => {
    for (const part of parts) rmSync(at(part), { recursive: true });
  };
  const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });

  /** @type {[what: string, damage: () => void][]} */
  const damages = [
    [
      'an empty renewal file, the first that it makes',
      () => {
        remove('live', 'archive');
        truncateSync(at('renewal'), 0);
      },
    ],
    [
      'folders without a renewal file',
      () => {
        remove('renewal');
      },
    ],
    [
      'links that lead nowhere',
      () => {
        remove('archive');
      },
    ],
    [
      'half a chain',
      () => {
        truncateSync(at('archive', 'fullchain1.pem'), 1500);
      },
    ],
    [
      'an empty key',
      () => {
        truncateSync(at('archive', 'privkey1.pem'), 0);
      },
    ],
    [
      "another certificate's key",
      () => {
        writeFileSync(at('archive', 'privkey1.pem'), otherKey);
      },
    ],
  ];
  for (const [what, damage] of damages) {
    test(what, async () => {
      damage();
      const orders = pebble.orders();
      used.start();
      const { key, leaf } = await used.certificate();
      assert.ok(leaf.checkPrivateKey(key));
      const attempts = () => readdirSync(join(used.home, 'logs')).length;
      const first = attempts();
      await used.run('try-now');
      await until('another round', () => attempts() > first, SECONDS);
      await used.stop();
      assert.equal(pebble.orders(), orders + 1, 'certbot goes on with what it has now');
      assert.deepEqual(readdirSync(join(used.home, 'renewal')), [`${host}.conf`]);
      assert.match(
        used.lines()[0],
        /^certbot: images\.example\.org: an attempt that was cut off left half a certificate\./,
      );
      assert.equal(used.lines().length, 2);
    });
  }

  for (const name of ['regr.json', 'private_key.json', 'meta.json']) {
    test(`an empty ${name} of the account`, async () => {
      remove('live', 'archive', 'renewal');
      const accounts = join(used.home, 'accounts');
      const file = readdirSync(accounts, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(name));
      truncateSync(join(accounts, String(file)), 0);
      used.start();
      await used.certificate();
      await used.stop();
    });
  }
});
