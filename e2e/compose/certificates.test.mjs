// The shipped compose files with a real ACME server: certbot and the proxy as they run for a user, over a site's life.
// One site, and one ACME server for all of it but the renewal; each other setting starts the stack's parts again, about
// ten seconds. A renewal waits until half of a certificate's sixteen seconds are over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outside } from './certificates/outside.mjs';
import { behindProxy } from './certificates/behindProxy.mjs';
import { lateServer } from './certificates/lateServer.mjs';
import { onHttps } from './certificates/onHttps.mjs';
import { ownCertificate, withoutCertbot } from './certificates/own.mjs';
import { OwnCertificates } from './certificates/ownCertificates.mjs';
import { renewal } from './certificates/renewal.mjs';
import { restarts } from './certificates/restarts.mjs';
import { Site } from './certificates/site.mjs';
import { standIn } from './certificates/standIn.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { atEnd, digilibImage, engine } from './engine.mjs';

const skip = (await engine()) ? false : 'there is no Docker engine on this machine';
const digilib = ['docker-compose.yml'];
const iipsrv = ['docker-compose-iipsrv.yml'];
const nothing = 'tianon/true';

/** @typedef {import('node:test').TestContext} TestContext */

/** @type {(() => unknown)[]} */
const undo = [];
async function tearDown() {
  for (let last = undo.pop(); last !== undefined; last = undo.pop()) {
    try {
      await last();
    } catch (error) {
      console.error(error);
    }
  }
}
atEnd(tearDown);

/**
 * Each check in its turn. Throws what the first one throws that fails: there is nothing to go on from.
 * @param {TestContext} t
 * @param {string} title
 * @param {import('./checklist.mjs').Check[]} checks
 */
async function inTurn(t, title, checks) {
  /** @type {Error | undefined} */
  let failure;
  await t.test(title, async (/** @type {TestContext} */ group) => {
    for (const check of checks) {
      await group.test(check.title, async () => {
        try {
          await check.run();
        } catch (error) {
          failure = /** @type {Error} */ (error);
          throw failure;
        }
      });
      if (failure) return;
    }
  });
  if (failure) throw failure;
}

/**
 * A site's life, from nothing on.
 * @param {TestContext} t
 * @param {Outside} outside
 * @param {Site} site
 */
async function life(t, outside, site) {
  const run = (/** @type {string} */ title, /** @type {import('./checklist.mjs').Check[]} */ checks) =>
    inTurn(t, title, checks);
  const fromAcme = { LETSENCRYPT_EMAIL: 'webmaster@example.org', ACME_DIRECTORY: 'https://pebble:14000/dir' };

  site.use(iipsrv, fromAcme);
  const late = lateServer(site, () => outside.start('pebble'));
  await run('before the ACME server is there', late.checks);
  const pebble = await late.server;
  await run('on https', onHttps(site, await pebble.root()));
  await run('renewal', renewal(site, pebble, await outside.start('brief', 16)));
  await run('restarts', restarts(site, pebble));

  undo.push(await standIn(nothing, outside.image));
  const certs = new OwnCertificates(site, outside.image);
  await run('without certbot', withoutCertbot(site, { certs, nothing, files: iipsrv }));
  await run('own certificate', ownCertificate(site, { certs, files: iipsrv, variables: fromAcme, pebble }));
  const other = behindProxy(site, { issued: certs.issue(), ca: certs.ca, files: iipsrv, pebble });
  undo.push(other.stop);
  await run('behind another proxy', other.checks);
  await site.stack.down();
  await other.stop();

  undo.push(await digilibImage());
  site.use(digilib, fromAcme);
  const [orders, root] = [await pebble.orders(), await pebble.root()];
  const oneCommand = async () => {
    await site.up('--build');
    await site.serialOtherThan(undefined, 10);
    assert.equal(await pebble.orders(), orders + 1);
  };
  await run('docker-compose.yml', [{ title: 'one command, to https', run: oneCommand }, ...onHttps(site, root)]);
}

test('certificates, with an ACME server', { skip, timeout: 15 * 60_000 }, async (t) => {
  const outside = new Outside();
  undo.push(() => outside.close());
  await outside.open();
  const site = new Site(outside, { port: await freePort(), tlsPort: await freePort() });
  undo.push(() => {
    site.remove();
  });
  undo.push(() => site.stack.down());
  try {
    await life(t, outside, site);
  } catch (error) {
    t.diagnostic(await site.stack.compose('logs', '--no-color', '--tail', '60').catch(String));
    throw error;
  }
});
