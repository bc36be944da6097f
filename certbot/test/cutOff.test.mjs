// certbot stopped or killed in the middle, and what that leaves on the disk.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startPebble, until } from './pebble.mjs';
import { Room, startChallenges } from './room.mjs';

const host = 'images.example.org';
let challenges;
let pebble;
let room;

before(async () => {
  challenges = await startChallenges();
  pebble = await startPebble({ httpPort: challenges.port });
});
after(() => Promise.all([pebble?.stop(), challenges.stop()]));
beforeEach(() => {
  room = challenges.room = new Room(pebble);
});
afterEach(async () => {
  challenges.hold = false;
  await room.remove();
});

/** Starts certbot, and waits until the ACME server has come for the challenge, which is not answered. */
async function toTheMiddle() {
  challenges.hold = true;
  challenges.asked.length = 0;
  room.start();
  await until('the ACME server to come', () => challenges.asked.length > 0);
  challenges.hold = false;
}

test('killed while the ACME server looks at the challenge: the next start gets the certificate', async () => {
  await toTheMiddle();
  await room.kill();
  const left = challenges.asked[0];
  assert.ok(existsSync(join(room.environment.CHALLENGE_DIR, left)), 'it was really in the middle');
  room.start();
  const { key, leaf } = await room.certificate();
  assert.ok(leaf.checkPrivateKey(key));
  await until('the rest to be gone', () => !existsSync(join(room.environment.CHALLENGE_DIR, left)));
});

test('stopped in the middle: ends at once with all it has started, and the next start gets the certificate', async () => {
  await toTheMiddle();
  const started = room.processes();
  assert.ok(started.length > 2, 'certbot is there');
  const since = Date.now();
  assert.equal(await room.stop(), 0);
  assert.ok(Date.now() - since < 3000);
  assert.deepEqual(room.lines(), []);
  assert.ok(!started.some((pid) => existsSync(`/proc/${pid}`)));
  room.start();
  await room.certificate();
});

test('left behind: a wait that is half written counts as none', async () => {
  writeFileSync(join(room.environment.STATE_DIR, 'wait'), `${host} `);
  room.start();
  await room.certificate();
});

// Whoever is killed between two files leaves one of these. certbot itself gives up on them, or issues for another name.
describe('left behind:', () => {
  let whole;
  let used; // certbot's files name their folder, so all tests are in one

  before(async () => {
    used = challenges.room = new Room(pebble);
    used.start();
    await used.certificate();
    await used.stop();
    whole = join(used.folder, 'whole');
    rmSync(join(used.environment.STATE_DIR, 'try-now')); // a pipe, which cannot be copied
    cpSync(used.environment.STATE_DIR, whole, { recursive: true, verbatimSymlinks: true });
  });
  after(() => used.remove());
  afterEach(() => used.end());
  beforeEach(async () => {
    challenges.room = used;
    rmSync(used.environment.STATE_DIR, { recursive: true });
    rmSync(used.logFile);
    rmSync(used.installed(), { force: true });
    cpSync(whole, used.environment.STATE_DIR, { recursive: true, verbatimSymlinks: true });
  });

  const at = (part, file = '') => join(used.home, part, part === 'renewal' ? `${host}.conf` : host, file);
  const remove = (...parts) => parts.forEach((part) => rmSync(at(part), { recursive: true }));
  const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });

  for (const [what, damage] of [
    [
      'an empty renewal file, the first that it makes',
      () => {
        remove('live', 'archive');
        truncateSync(at('renewal'), 0);
      },
    ],
    ['folders without a renewal file', () => remove('renewal')],
    ['links that lead nowhere', () => remove('archive')],
    ['half a chain', () => truncateSync(at('archive', 'fullchain1.pem'), 1500)],
    ['an empty key', () => truncateSync(at('archive', 'privkey1.pem'), 0)],
    ["another certificate's key", () => writeFileSync(at('archive', 'privkey1.pem'), otherKey)],
  ]) {
    test(what, async () => {
      damage();
      const orders = pebble.orders();
      used.start();
      const { key, leaf } = await used.certificate();
      assert.ok(leaf.checkPrivateKey(key));
      const attempts = () => readdirSync(join(used.home, 'logs')).length;
      const first = attempts();
      await used.run('try-now');
      await until('another round', () => attempts() > first);
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
      const file = readdirSync(accounts, { recursive: true }).find((path) => path.endsWith(name));
      truncateSync(join(accounts, file), 0);
      used.start();
      await used.certificate();
      await used.stop();
    });
  }
});
