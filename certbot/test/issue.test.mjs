// Certificates from a real ACME server (pebble) by the real certbot.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startPebble, until } from './pebble.mjs';
import { Room, read, startChallenges } from './room.mjs';

let challenges;
let pebble;
let shortLived;
let room;

before(async () => {
  challenges = await startChallenges();
  pebble = await startPebble({ httpPort: challenges.port });
  shortLived = await startPebble({ httpPort: challenges.port, validity: 6 });
});
after(() => Promise.all([pebble?.stop(), shortLived?.stop(), challenges.stop()]));
beforeEach(() => {
  room = challenges.room = new Room(pebble);
});
afterEach(() => room.remove());

const attempts = () => readdirSync(join(room.home, 'logs')).length;

test('the first certificate: key and chain in one file, for nobody else to read', async () => {
  room.start();
  const { key, leaf, chain, text } = await room.certificate();
  assert.match(text, /^-----BEGIN (EC )?PRIVATE KEY-----\n/);
  assert.ok(leaf.checkPrivateKey(key));
  assert.equal(leaf.checkHost('images.example.org'), 'images.example.org');
  assert.ok(leaf.verify(chain[1].publicKey));
  assert.ok(chain[1].verify(new X509Certificate(await pebble.roots()).publicKey));
  assert.equal(statSync(room.installed()).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(room.environment.CERTIFICATE_DIR), ['images.example.org.pem']);
  await room.line(/^certbot: images\.example\.org: new certificate, valid until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/);
  assert.equal(room.lines().length, 1);
  assert.equal((await room.run('healthy')).status, 0);
});

test('a whole certificate is left as it is, over restarts too, and nothing is said', async () => {
  const orders = pebble.orders();
  room.start({ ROUND_EVERY: '1' });
  const { text } = await room.certificate();
  const first = attempts();
  await until('another round', () => attempts() > first + 1);
  assert.equal(await room.stop(), 0);
  const second = attempts();
  room.start();
  await until('a round after a restart', () => attempts() > second);
  assert.equal(read(room.installed()).text, text);
  assert.equal(pebble.orders(), orders + 1);
  assert.equal(room.lines().length, 1);
});

test('renewed in time, by another file in its place; one that has expired is replaced', async () => {
  Object.assign(room.environment, { ACME_DIRECTORY: shortLived.directory, REQUESTS_CA_BUNDLE: shortLived.caFile });
  room.start({ ROUND_EVERY: '1' });
  const old = await room.certificate();
  const descriptor = openSync(room.installed(), 'r');
  const renewed = await room.certificate(({ text }) => text !== old.text);
  assert.ok(renewed.leaf.checkPrivateKey(renewed.key));
  assert.equal(readFileSync(descriptor, 'utf8'), old.text);
  closeSync(descriptor);
  assert.equal((await room.run('healthy')).status, 1, 'less than three days');

  await room.stop();
  challenges.room = undefined;
  const { leaf } = read(room.installed());
  await until('the certificate to expire', () => Date.parse(leaf.validTo) < Date.now() - 1000);
  room.start();
  await room.line(/no new certificate: .* The certificate in use expired at .* Trying again at /);
  assert.equal(read(room.installed()).leaf.fingerprint256, leaf.fingerprint256);
  challenges.room = room;
  await room.run('try-now');
  await room.certificate((found) => Date.parse(found.leaf.validTo) > Date.now());
});

test('another host name, and another ACME server: a certificate at once, each time', async () => {
  room.start();
  const first = await room.certificate();
  await room.stop();
  room.start({ VIRTUAL_HOST: 'Maps.Example.org' });
  await until('the second', () => existsSync(room.installed('maps.example.org')));
  assert.equal(read(room.installed('maps.example.org')).leaf.checkHost('images.example.org'), undefined);
  assert.equal(read(room.installed('images.example.org')).text, first.text);
  await room.stop();

  const served = { ACME_DIRECTORY: shortLived.directory, REQUESTS_CA_BUNDLE: shortLived.caFile };
  room.start({ VIRTUAL_HOST: 'images.example.org', ...served });
  const other = await room.certificate(({ text }) => text !== first.text);
  await room.stop();
  const orders = pebble.orders();
  room.start({ ACME_DIRECTORY: pebble.directory, REQUESTS_CA_BUNDLE: pebble.caFile });
  const back = await room.certificate(({ text }) => text !== other.text);
  assert.equal(back.text, first.text);
  assert.equal(pebble.orders(), orders, 'the first one is still good');
});

test('a certificate of its own: the host is left alone until it is gone', async () => {
  const orders = pebble.orders();
  const own = join(room.environment.OWN_DIR, 'images.example.org.key');
  writeFileSync(own, 'key');
  room.start({ LETSENCRYPT_EMAIL: '' });
  await room.line(
    /^certbot: nothing to do for images\.example\.org: it has a certificate of its own in proxy\/certs\.$/,
  );
  assert.equal((await room.run('healthy')).status, 0);
  assert.equal((await room.run('try-now')).status, 1);
  rmSync(own);
  assert.equal(await room.ended, 1);
  await room.line(/^certbot: LETSENCRYPT_EMAIL is not set\./);

  writeFileSync(own, 'key');
  room.start({ LETSENCRYPT_EMAIL: 'webmaster@example.org' });
  await until('the second start', () => room.lines().length === 3);
  assert.equal(pebble.orders(), orders);
  assert.deepEqual(readdirSync(room.environment.CERTIFICATE_DIR), []);
  rmSync(own);
  const { text } = await room.certificate();
  assert.equal(pebble.orders(), orders + 1);

  writeFileSync(join(room.environment.OWN_DIR, 'images.example.org.crt'), 'certificate');
  await until('a line', () => room.lines().filter((line) => /certificate of its own/.test(line)).length === 3);
  assert.equal(read(room.installed()).text, text);
});

test('a file for the proxy that is missing or half there is written anew, without another order', async () => {
  const orders = pebble.orders();
  room.start();
  const { text } = await room.certificate();
  for (const damage of [() => rmSync(room.installed()), () => truncateSync(room.installed(), 300)]) {
    damage();
    assert.equal((await room.run('healthy')).status, 1);
    assert.equal((await room.run('try-now')).status, 0);
    await until('the file', () => (statSync(room.installed(), { throwIfNoEntry: false })?.size ?? 0) > 300);
    assert.equal(read(room.installed()).text, text);
  }
  assert.equal(pebble.orders(), orders + 1);
});
