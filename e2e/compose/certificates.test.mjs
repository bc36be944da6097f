// The shipped compose files with a real ACME server: certbot and the proxy as they run for a user, over a site's life.
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
import { atEnd, digilibImage, engine, freePort } from './engine.mjs';

const skip = (await engine()) ? false : 'there is no Docker engine on this machine';
const digilib = ['docker-compose.yml'];
const iipsrv = ['docker-compose-iipsrv.yml'];
const nothing = 'tianon/true';

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

/** Each check in its turn. Throws what the first one throws that fails: there is nothing to go on from. */
async function inTurn(t, title, checks) {
  let failure;
  await t.test(title, async (group) => {
    for (const check of checks) {
      await group.test(check.title, async () => {
        try {
          await check.run();
        } catch (error) {
          failure = error;
          throw error;
        }
      });
      if (failure) return;
    }
  });
  if (failure) throw failure;
}

/** A site's life, from nothing on. */
async function life(t, outside, site) {
  const run = (title, checks) => inTurn(t, title, checks);
  const fromAcme = { LETSENCRYPT_EMAIL: 'webmaster@example.org', ACME_DIRECTORY: 'https://pebble:14000/dir' };
  let pebble;

  site.use(iipsrv, fromAcme);
  await run(
    'before the ACME server is there',
    lateServer(site, async () => (pebble = await outside.start('pebble'))),
  );
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
  undo.push(() => site.remove());
  undo.push(() => site.stack?.down());
  try {
    await life(t, outside, site);
  } catch (error) {
    t.diagnostic(await site.stack.compose('logs', '--no-color', '--tail', '60').catch(String));
    throw error;
  }
});
