// Stops of every kind, and another name.
import assert from 'node:assert/strict';
import { until } from '../../../test-support/until.mjs';
import { Checklist } from '../checklist.mjs';

/**
 * @param {import('./site.mjs').Site} site
 * @param {import('./acmeServer.mjs').AcmeServer} pebble
 * @returns {import('../checklist.mjs').Check[]}
 */
export function restarts(site, pebble) {
  const { checks, add: check } = new Checklist();

  check('down and up: the same certificate, and no order', async () => {
    const [serial, orders] = [await site.serial(), await pebble.orders()];
    await site.stack.compose('down', '--timeout', '5');
    await site.up();
    assert.equal(await site.serial(), serial);
    assert.equal(await pebble.orders(), orders);
    assert.deepEqual((await site.stack.log('certbot')).filter((line) => !/HTTP_PORT/.test(line)).join(''), '');
  });

  check('another VIRTUAL_HOST: a certificate for it', async () => {
    const orders = await pebble.orders();
    site.change({ VIRTUAL_HOST: 'maps.example.org' });
    await site.up();
    await site.serialOtherThan(undefined, 10);
    const root = await pebble.root();
    const { status } = await site.visitor(root).ask('/');
    assert.equal(status, 200);
    await assert.rejects(site.visitor(root, { host: 'images.example.org' }).ask('/'), /does not match/);
    assert.equal((await site.visitor().ask('/')).headers.location, `${site.base}/`);
    assert.equal(await pebble.orders(), orders + 1);
  });

  check('everything killed in the middle of issuing: the next start heals it', async () => {
    const orders = await pebble.orders();
    site.change({ VIRTUAL_HOST: 'prints.example.org' });
    await site.stack.compose('up', '--detach');
    await until('an order', async () => (await pebble.orders()) > orders);
    await pebble.whilePaused(() => site.stack.compose('kill'));
    await site.up();
    await site.serialOtherThan(undefined, 10);
    assert.equal((await site.visitor(await pebble.root()).ask('/')).status, 200);
    assert.equal(await pebble.orders(), orders + 2, 'the first order was cut off');
  });

  return checks;
}
