// Settings that leave nothing to do, and settings that cannot work.
import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { Certbot } from './certbot.mjs';
import { problem, startStandIn } from './standIn.mjs';

/** @type {import('./standIn.mjs').StandIn} */
let standIn;
/** @type {Certbot} */
let certbot;

before(async () => {
  standIn = await startStandIn(() => problem(403, 'rejectedIdentifier', 'never'));
});
after(() => standIn.stop());
afterEach(async () => {
  await certbot.remove();
  standIn.asked.length = 0;
  standIn.orders = 0;
});

const start = (/** @type {import('./certbot.mjs').Settings} */ settings) => {
  certbot = new Certbot(standIn, settings);
  certbot.start();
};

/** @type {[settings: import('./certbot.mjs').Settings, expected: string][]} */
const idle = [
  [{ VIRTUAL_HOST_PROTO: 'http' }, 'certbot: nothing to do: VIRTUAL_HOST_PROTO is not https.'],
  [{ VIRTUAL_HOST_PROTO: '', VIRTUAL_HOST: 'a_b' }, 'certbot: nothing to do: VIRTUAL_HOST_PROTO is not https.'],
  [{ TRUSTED_PROXIES: '192.0.2.7' }, 'certbot: nothing to do: with TRUSTED_PROXIES another proxy has the certificate.'],
];
for (const [settings, expected] of idle) {
  test(`nothing to do: ${JSON.stringify(settings)}`, async () => {
    start(settings);
    await certbot.line(/./);
    assert.deepEqual(certbot.lines(), [expected]);
    assert.equal((await certbot.run('healthy')).status, 0);
    assert.deepEqual(await certbot.run('try-now'), { status: 1, output: `${expected}\n` });
    assert.equal(certbot.process.exitCode, null, 'it stays');
    assert.equal(await certbot.stop(), 0);
    assert.deepEqual(standIn.asked, []);
  });
}

/** @typedef {import('./certbot.mjs').Settings} Settings */

const address = /not for an IP address\. Write a host name\.$/;
/** @type {[settings: Settings, expected: RegExp][]} */
const wrong = [
  [{ VIRTUAL_HOST: 'https://images.example.org' }, /http or https goes into VIRTUAL_HOST_PROTO\.$/],
  [{ VIRTUAL_HOST: 'images.example.org:8443' }, /the port goes into HTTP_PORT or HTTPS_PORT\.$/],
  [{ VIRTUAL_HOST: 'images.example.org/iiif' }, /without a slash or path\.$/],
  [{ VIRTUAL_HOST: 'my_images.example.org' }, /no underscore/],
  [{ VIRTUAL_HOST: 'images.example.org,www.example.org' }, /Write one name only\.$/],
  [{ VIRTUAL_HOST: 'images.example.org www.example.org' }, /Write one name only\.$/],
  [{ VIRTUAL_HOST: '192.0.2.7' }, address],
  [{ VIRTUAL_HOST: '0x7f.1' }, address],
  [{ VIRTUAL_HOST: 'example.123' }, address],
  [{ VIRTUAL_HOST: 'example.0x10' }, address],
  [{ VIRTUAL_HOST: 'example.0X' }, address],
  [{ VIRTUAL_HOST: '2001:db8::7' }, address],
  [{ VIRTUAL_HOST: '[2001:db8::7]' }, address],
  [{ VIRTUAL_HOST: '*.example.org' }, /letters, digits, dots and hyphens/],
  [{ VIRTUAL_HOST: 'bücher.example.org' }, /letters, digits, dots and hyphens/],
  [{ VIRTUAL_HOST: '-images.example.org' }, /letters, digits, dots and hyphens/],
  [{ VIRTUAL_HOST: `${'images.'.repeat(36)}nl` }, /letters, digits, dots and hyphens/],
  [{ VIRTUAL_HOST: '../../etc' }, /without a slash or path\.$/],
  [{ VIRTUAL_HOST: 'localhost' }, /is not a name on the Internet, .*proxy\/certs\.$/],
  [{ VIRTUAL_HOST: 'localhost', TRUSTED_PROXIES: ' , ' }, /is not a name on the Internet/],
  [{ VIRTUAL_HOST: '' }, /"localhost" is not a name on the Internet/],
  [
    { LETSENCRYPT_EMAIL: '' },
    /is not set\. Write your e-mail address there, or put images\.example\.org\.crt and .*TRUSTED_PROXIES\.$/,
  ],
  [{ LETSENCRYPT_EMAIL: 'webmaster' }, /"webmaster": Write one e-mail address\.$/],
  [{ LETSENCRYPT_EMAIL: 'a@example.org,b@example.org' }, /Write one e-mail address\.$/],
  [{ ACME_DIRECTORY: 'acme-v02.api.letsencrypt.org' }, /beginning with https:\/\/\.$/],
  [{ ACME_DIRECTORY: 'http://acme.example.org/' }, /beginning with https:\/\/\.$/],
];
for (const [settings, expected] of wrong) {
  const [name] = Object.keys(settings);
  test(`cannot work: ${JSON.stringify(settings)}`, async () => {
    start(settings);
    assert.equal(await certbot.ended, 1);
    assert.equal(certbot.lines().length, 1);
    assert.ok(certbot.lines()[0].startsWith(`certbot: ${name}`), certbot.lines()[0]);
    assert.match(certbot.lines()[0], expected);
    assert.equal((await certbot.run('healthy')).status, 1);
    assert.deepEqual(standIn.asked, []);
  });
}

test('a folder that cannot be written to', async () => {
  start({ CERTIFICATE_DIR: '/nonexistent' });
  assert.equal(await certbot.ended, 1);
  assert.match(
    certbot.lines().join(),
    /^certbot: \/nonexistent: cannot write there\. It must be a folder that belongs to user id/,
  );
});

test('another port than 80: a warning, once, and only where an ACME server will come', async () => {
  start({ HTTP_PORT: '8080' });
  await certbot.line(/^certbot: HTTP_PORT: 8080\. The ACME server asks for images\.example\.org on port 80 only: /);
  await certbot.run('try-now');
  await until('two attempts', () => standIn.orders >= 2);
  assert.equal(certbot.lines().filter((line) => /HTTP_PORT/.test(line)).length, 1);

  await certbot.stop();
  const before = certbot.lines().length;
  writeFileSync(join(certbot.environment.OWN_DIR, 'images.example.org.crt'), '');
  certbot.start();
  await until('a line', () => certbot.lines().length > before);
  assert.match(String(certbot.lines().at(-1)), /certificate of its own/);
});

test('an empty value counts as not set', async () => {
  start({ HTTP_PORT: '', TRUSTED_PROXIES: '' });
  await certbot.line(/no new certificate: never\./);
  assert.equal(certbot.lines().length, 1);
});

test('an e-mail address that begins with a hyphen, an https:// in capitals', async () => {
  start({ LETSENCRYPT_EMAIL: '-x@example.org', ACME_DIRECTORY: standIn.directory.replace('https', 'HTTPS') });
  await certbot.line(/no new certificate: never\./);
  assert.equal(standIn.orders, 1);
});

for (const kind of ['crt', 'key']) {
  test(`a .${kind} in proxy/certs that is a link to somewhere else: it has a certificate of its own`, async () => {
    certbot = new Certbot(standIn);
    symlinkSync('/nonexistent/file.pem', join(certbot.environment.OWN_DIR, `images.example.org.${kind}`));
    certbot.start();
    await certbot.line(/^certbot: nothing to do for images\.example\.org: /);
    assert.equal((await certbot.run('healthy')).status, 0);
    assert.equal((await certbot.run('try-now')).status, 1);
    assert.deepEqual(standIn.asked, []);
  });
}

test('try-now where nothing runs says so', async () => {
  certbot = new Certbot(standIn);
  assert.deepEqual(await certbot.run('try-now'), { status: 1, output: 'certbot: start is not running here.\n' });
});
