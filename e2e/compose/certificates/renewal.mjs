// Another certificate while people look at images, and a renewal that is refused.
import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../test-support/until.mjs';
import { Checklist } from '../checklist.mjs';
import { islandTile } from '../samples.mjs';
import { admin } from './site.mjs';

/**
 * @typedef {import('./site.mjs').Site} Site
 * @typedef {import('./acmeServer.mjs').AcmeServer} AcmeServer
 * @typedef {import('./visitor.mjs').Visitor} Visitor
 */

/**
 * A browser asks again, once, where a kept connection was closed at the moment of its use. So does this one.
 * @param {Visitor} visitor
 * @param {string} path
 */
async function askAsABrowser(visitor, path) {
  try {
    return await visitor.ask(path);
  } catch (error) {
    if (!(/** @type {{reused: boolean}} */ (error).reused)) throw error;
    return visitor.ask(path);
  }
}

/**
 * People who look at tiles while something happens, on new connections and on a kept one. They do not mind a
 * certificate that is over: on a slow machine these are before they are renewed.
 * @param {Site} site
 * @param {string} ca root of its certificate, PEM
 * @param {() => Promise<void>} something
 * @returns {Promise<number>} tiles
 */
async function lookWhile(site, ca, something) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const readers = [{}, { agent }].map((kept) => site.visitor(ca, { ...kept, rejectUnauthorized: false }));
  let over = false;
  let tiles = 0;
  const look = async (/** @type {Visitor} */ reader) => {
    while (!over) {
      const { status, text } = await askAsABrowser(reader, islandTile);
      assert.equal(status, 200, text.slice(0, 200));
      tiles += 1;
      await pause(20); // as fast as somebody looks
    }
  };
  for (const reader of readers) await reader.logIn({ ...admin, origin: site.base });
  try {
    await Promise.all([...readers.map(look), something().finally(() => (over = true))]);
  } finally {
    over = true;
    agent.destroy();
  }
  return tiles;
}

const moment = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC';

const halfOver = async (/** @type {Site} */ site) => {
  const { from, to } = await site.validity();
  return Date.now() > (from + to) / 2;
};

/**
 * @param {Site} site
 * @param {AcmeServer} pebble from which it has its certificate
 * @param {AcmeServer} brief another, whose certificates are over in less than a minute
 * @returns {import('../checklist.mjs').Check[]}
 */
export function renewal(site, pebble, brief) {
  const { checks, add: check } = new Checklist();
  /** @type {string | undefined} */
  let first;
  /** @type {string | undefined} */
  let last;
  const turnTo = async (/** @type {AcmeServer} */ { directory }) => {
    site.change({ ACME_DIRECTORY: directory });
    await site.stack.compose('up', '--detach', '--no-deps', 'certbot');
  };

  check('another ACME server, then a renewal: no request fails', async () => {
    const ca = await pebble.root();
    first = await site.serial();
    const tiles = await lookWhile(site, ca, async () => {
      await turnTo(brief);
      const second = await site.serialOtherThan(first);
      await until('half of its time to be over', () => halfOver(site), 60);
      await site.tryNow();
      last = await site.serialOtherThan(second);
    });
    assert.ok(tiles > 50, `${tiles} tiles`);
    assert.equal(await brief.orders(), 2);
  });

  check('a renewal that is refused: the old certificate stays, the log says why, and when it tries again', async () => {
    await brief.refuse(site.host);
    await until('half of its time to be over', () => halfOver(site), 60);
    for (const why of ['.*account.*', '.*(policy|forbids|blocked|issue).*']) {
      const lines = (await site.stack.log('certbot')).length;
      await site.tryNow();
      const line = await site.line('certbot', /no new certificate/, lines);
      const inUse = `The certificate in use (is valid until|expired at) ${moment}`;
      const said = `^certbot: images\\.example\\.org: no new certificate: ${why}\\. ${inUse}\\. Trying again at ${moment}\\.$`;
      assert.match(line, new RegExp(said));
    }
    assert.equal(await site.serial(), last);
  });

  check(
    'back at the first ACME server: the certificate from there, which is still good, without an order',
    async () => {
      const orders = await pebble.orders();
      await turnTo(pebble);
      await until('the first certificate', async () => (await site.serial()) === first, 60);
      assert.equal(await pebble.orders(), orders);
    },
  );

  return checks;
}
