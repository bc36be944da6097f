// nginx, certbot and an ACME server, each as it is: from nothing to https, and over renewals and refusals.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startPebble } from '../../certbot/test/pebble.mjs';
import { Certbot } from '../../certbot/test/certbot.mjs';
import { until } from '../../test-support/until.mjs';
import { startStack } from './stack.mjs';
import { askTls, host, servedSerial } from './tls.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
/** @type {Certbot} */
let certbot;
/** @type {Awaited<ReturnType<typeof startPebble>>[]} */
const servers = [];
const https = { VIRTUAL_HOST_PROTO: 'https', LETSENCRYPT_EMAIL: 'webmaster@example.org' };

/**
 * An ACME server that comes to this nginx with its questions.
 * @param {import('../../certbot/test/pebble.mjs').PebbleOptions} [options]
 */
async function acmeServer(options) {
  const server = await startPebble({ httpPort: stack.port, ...options });
  servers.push(server);
  return server;
}

before(async () => {
  stack = await startStack(https);
  const folder = (/** @type {string} */ name) => join(stack.folder, name);
  certbot = new Certbot(await acmeServer(), {
    CHALLENGE_DIR: folder('challenges'),
    CERTIFICATE_DIR: folder('certificates'),
    OWN_DIR: folder('certs'),
  });
});
after(async () => {
  await certbot.remove();
  await Promise.all(servers.map((server) => server.stop()));
  await stack.stop();
});

const isServed = async () => {
  const { leaf } = await certbot.certificate();
  await until(
    'the new certificate is served',
    async () => (await servedSerial(stack.tlsPort)) === leaf.serialNumber && stack.settled(),
  );
  return leaf;
};
/**
 * Has certbot ask another ACME server than before.
 * @param {{directory: string, caFile: string}} server
 * @param {Record<string, string>} [settings]
 */
async function turnTo({ directory, caFile }, settings = {}) {
  await certbot.stop();
  certbot.start({ ACME_DIRECTORY: directory, REQUESTS_CA_BUNDLE: caFile, ...settings });
}

test('from nothing to a site on https, which every client of that issuer trusts', async () => {
  assert.equal((await stack.ask('/')).status, 503);
  certbot.start();
  await isServed();
  stack.auth.answer = () => ({ status: 200, body: 'start page' });
  const { status, text } = await askTls(stack.tlsPort, '/', { ca: await servers[0].roots() });
  assert.deepEqual([status, text], [200, 'start page']);
  assert.deepEqual((await stack.ask('/')).headers.location, [`https://${host}/`]);
});

test('renewed again and again while it is asked without a pause: no request fails', async () => {
  const shortLived = await acmeServer({ validity: 6 });
  await turnTo(shortLived, { ROUND_EVERY: '1' });
  const serials = new Set();
  let asked = 0;
  for (const end = Date.now() + 180_000; serials.size < 3 && Date.now() < end;) {
    const { status } = await askTls(stack.tlsPort, '/', { rejectUnauthorized: false });
    assert.equal(status, 200);
    asked += 1;
    serials.add(await servedSerial(stack.tlsPort));
  }
  assert.equal(serials.size, 3, `${asked} requests`);
});

test('refused: the old certificate stays, and the log says why and when the next attempt is', async () => {
  await certbot.stop();
  const { serialNumber } = await isServed();
  await turnTo(await acmeServer({ blocked: [host] }), { ROUND_EVERY: '43200' });
  await certbot.line(
    /no new certificate: .* (valid until|expired at) .* Trying again at \d{4}-\d\d-\d\d \d\d:\d\d UTC\./,
  );
  assert.equal((await isServed()).serialNumber, serialNumber);
});
