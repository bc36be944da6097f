// nginx, certbot and an ACME server, each as it is: from nothing to https, and over renewals and refusals.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startPebble } from '../../certbot/test/pebble.mjs';
import { Room } from '../../certbot/test/room.mjs';
import { startStack, until } from './stack.mjs';
import { askTls, host, servedSerial } from './tls.mjs';

let stack, room;
const servers = [];
const https = { VIRTUAL_HOST_PROTO: 'https', LETSENCRYPT_EMAIL: 'webmaster@example.org' };

/** An ACME server that comes to this nginx with its questions. */
async function acmeServer(options) {
  const server = await startPebble({ httpPort: stack.port, ...options });
  servers.push(server);
  return server;
}

before(async () => {
  stack = await startStack(https);
  const folder = (name) => join(stack.folder, name);
  room = new Room(await acmeServer(), {
    CHALLENGE_DIR: folder('challenges'),
    CERTIFICATE_DIR: folder('certificates'),
    OWN_DIR: folder('certs'),
  });
});
after(async () => {
  await room.remove();
  await Promise.all(servers.map((server) => server.stop()));
  await stack.stop();
});

const isServed = async (file) => {
  const { leaf } = await room.certificate(file);
  await until(async () => (await servedSerial(stack.tlsPort)) === leaf.serialNumber && stack.settled());
  return leaf;
};
/** Has certbot ask another ACME server than before. */
async function turnTo({ directory, caFile }, settings = {}) {
  await room.stop();
  room.start({ ACME_DIRECTORY: directory, REQUESTS_CA_BUNDLE: caFile, ...settings });
}

test('from nothing to a site on https, which every client of that issuer trusts', async () => {
  assert.equal((await stack.ask('/')).status, 503);
  room.start();
  await isServed();
  stack.auth.answer = () => ({ status: 200, body: 'start page' });
  const { status, body } = await askTls(stack.tlsPort, '/', { ca: await servers[0].roots() });
  assert.deepEqual([status, body], [200, 'start page']);
  assert.deepEqual((await stack.ask('/')).headers.location, [`https://${host}/`]);
});

test('renewed again and again while it is asked without a pause: no request fails', async () => {
  const shortLived = await acmeServer({ validity: 6 });
  await turnTo(shortLived, { ROUND_EVERY: '1' });
  const serials = new Set();
  let asked = 0;
  for (const end = Date.now() + 60_000; serials.size < 3 && Date.now() < end;) {
    const { status } = await askTls(stack.tlsPort, '/', { rejectUnauthorized: false });
    assert.equal(status, 200);
    asked += 1;
    serials.add(await servedSerial(stack.tlsPort));
  }
  assert.equal(serials.size, 3, `${asked} requests`);
});

test('refused: the old certificate stays, and the log says why and when the next attempt is', async () => {
  await room.stop();
  const { serialNumber } = await isServed();
  await turnTo(await acmeServer({ blocked: [host] }), { ROUND_EVERY: '43200' });
  await room.line(/no new certificate: .* (valid until|expired at) .* Trying again at \d{4}-\d\d-\d\d \d\d:\d\d UTC\./);
  assert.equal((await isServed()).serialNumber, serialNumber);
});
