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
import { until } from '../../test-support/until.mjs';
import { startPebble } from './pebble.mjs';
import { Certbot, read, startChallenges } from './certbot.mjs';

/** @type {import('./certbot.mjs').Challenges} */
let challenges;
/** @type {import('./pebble.mjs').Pebble} */
let pebble;
/** @type {import('./pebble.mjs').Pebble} */
let shortLived;
/** @type {Certbot} */
let certbot;

before(async () => {
  challenges = await startChallenges();
  pebble = await startPebble({ httpPort: challenges.port });
  shortLived = await startPebble({ httpPort: challenges.port, validity: 6 });
});
after(() => Promise.all([pebble.stop(), shortLived.stop(), challenges.stop()]));
beforeEach(() => {
  certbot = challenges.certbot = new Certbot(pebble);
});
afterEach(() => certbot.remove());

const attempts = () => readdirSync(join(certbot.home, 'logs')).length;

test('the first certificate: key and chain in one file, for nobody else to read', async () => {
  certbot.start();
  const { key, leaf, chain, text } = await certbot.certificate();
  assert.match(text, /^-----BEGIN (EC )?PRIVATE KEY-----\n/);
  assert.ok(leaf.checkPrivateKey(key));
  assert.equal(leaf.checkHost('images.example.org'), 'images.example.org');
  assert.ok(leaf.verify(chain[1].publicKey));
  assert.ok(chain[1].verify(new X509Certificate(await pebble.roots()).publicKey));
  assert.equal(statSync(certbot.installed()).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(certbot.environment.CERTIFICATE_DIR), ['images.example.org.pem']);
  await certbot.line(/^certbot: images\.example\.org: new certificate, valid until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/);
  assert.equal(certbot.lines().length, 1);
  assert.equal((await certbot.run('healthy')).status, 0);
});

test('a whole certificate is left as it is, over restarts too, and nothing is said', async () => {
  const orders = pebble.orders();
  certbot.start({ ROUND_EVERY: '1' });
  const { text } = await certbot.certificate();
  const first = attempts();
  await until('another round', () => attempts() > first + 1);
  assert.equal(await certbot.stop(), 0);
  const second = attempts();
  certbot.start();
  await until('a round after a restart', () => attempts() > second);
  assert.equal(read(certbot.installed()).text, text);
  assert.equal(pebble.orders(), orders + 1);
  assert.equal(certbot.lines().length, 1);
});

test('renewed in time, by another file in its place; one that has expired is replaced', async () => {
  Object.assign(certbot.environment, { ACME_DIRECTORY: shortLived.directory, REQUESTS_CA_BUNDLE: shortLived.caFile });
  certbot.start({ ROUND_EVERY: '1' });
  const old = await certbot.certificate();
  const descriptor = openSync(certbot.installed(), 'r');
  const renewed = await certbot.certificate(({ text }) => text !== old.text);
  assert.ok(renewed.leaf.checkPrivateKey(renewed.key));
  assert.equal(readFileSync(descriptor, 'utf8'), old.text);
  closeSync(descriptor);
  assert.equal((await certbot.run('healthy')).status, 1, 'less than three days');

  await certbot.stop();
  challenges.certbot = undefined;
  const { leaf } = read(certbot.installed());
  await until('the certificate to expire', () => Date.parse(leaf.validTo) < Date.now() - 1000);
  certbot.start();
  await certbot.line(/no new certificate: .* The certificate in use expired at .* Trying again at /);
  assert.equal(read(certbot.installed()).leaf.fingerprint256, leaf.fingerprint256);
  challenges.certbot = certbot;
  await certbot.run('try-now');
  await certbot.certificate((found) => Date.parse(found.leaf.validTo) > Date.now());
});

test('another host name, and another ACME server: a certificate at once, each time', async () => {
  certbot.start();
  const first = await certbot.certificate();
  await certbot.stop();
  certbot.start({ VIRTUAL_HOST: 'Maps.Example.org' });
  await until('the second', () => existsSync(certbot.installed('maps.example.org')));
  assert.equal(read(certbot.installed('maps.example.org')).leaf.checkHost('images.example.org'), undefined);
  assert.equal(read(certbot.installed('images.example.org')).text, first.text);
  await certbot.stop();

  const served = { ACME_DIRECTORY: shortLived.directory, REQUESTS_CA_BUNDLE: shortLived.caFile };
  certbot.start({ VIRTUAL_HOST: 'images.example.org', ...served });
  const other = await certbot.certificate(({ text }) => text !== first.text);
  await certbot.stop();
  const orders = pebble.orders();
  certbot.start({ ACME_DIRECTORY: pebble.directory, REQUESTS_CA_BUNDLE: pebble.caFile });
  const back = await certbot.certificate(({ text }) => text !== other.text);
  assert.equal(back.text, first.text);
  assert.equal(pebble.orders(), orders, 'the first one is still good');
});

test('a certificate of its own: the host is left alone until it is gone', async () => {
  const orders = pebble.orders();
  const own = join(certbot.environment.OWN_DIR, 'images.example.org.key');
  writeFileSync(own, 'key');
  certbot.start({ LETSENCRYPT_EMAIL: '' });
  await certbot.line(
    /^certbot: nothing to do for images\.example\.org: it has a certificate of its own in proxy\/certs\.$/,
  );
  assert.equal((await certbot.run('healthy')).status, 0);
  assert.equal((await certbot.run('try-now')).status, 1);
  rmSync(own);
  assert.equal(await certbot.ended, 1);
  await certbot.line(/^certbot: LETSENCRYPT_EMAIL is not set\./);

  writeFileSync(own, 'key');
  certbot.start({ LETSENCRYPT_EMAIL: 'webmaster@example.org' });
  await until('the second start', () => certbot.lines().length === 3);
  assert.equal(pebble.orders(), orders);
  assert.deepEqual(readdirSync(certbot.environment.CERTIFICATE_DIR), []);
  rmSync(own);
  const { text } = await certbot.certificate();
  assert.equal(pebble.orders(), orders + 1);

  writeFileSync(join(certbot.environment.OWN_DIR, 'images.example.org.crt'), 'certificate');
  await until('a line', () => certbot.lines().filter((line) => /certificate of its own/.test(line)).length === 3);
  assert.equal(read(certbot.installed()).text, text);
});

test('a file for the proxy that is missing or half there is written again, without another order', async () => {
  const orders = pebble.orders();
  certbot.start();
  const { text } = await certbot.certificate();
  for (const damage of [
    () => {
      rmSync(certbot.installed());
    },
    () => {
      truncateSync(certbot.installed(), 300);
    },
  ]) {
    damage();
    assert.equal((await certbot.run('healthy')).status, 1);
    assert.equal((await certbot.run('try-now')).status, 0);
    await until('the file', () => (statSync(certbot.installed(), { throwIfNoEntry: false })?.size ?? 0) > 300);
    assert.equal(read(certbot.installed()).text, text);
  }
  assert.equal(pebble.orders(), orders + 1);
});
