// The ACME server is not there yet when everything else starts.
import assert from 'node:assert/strict';
import { Checklist } from '../checklist.mjs';

/** @typedef {import('./acmeServer.mjs').AcmeServer} AcmeServer */

/**
 * @param {import('./site.mjs').Site} site
 * @param {() => Promise<AcmeServer>} startServer
 * @returns {{checks: import('../checklist.mjs').Check[], server: Promise<AcmeServer>}} `server`: when it is there
 */
export function lateServer(site, startServer) {
  const { checks, add: check } = new Checklist();
  /** @type {PromiseWithResolvers<AcmeServer>} */
  const { promise: server, resolve } = Promise.withResolvers();

  check('no ACME server: port 80 says that there is no certificate, https is refused', async () => {
    await site.stack.compose('up', '--detach', '--build');
    await site.line('certbot', /no new certificate/);
    for (const path of ['/', '/iiif/manifests/', '/auth/iiif-login']) {
      const { status, text, headers } = await site.visitor().ask(path);
      assert.deepEqual([status, JSON.parse(text).error, headers['retry-after']], [503, 'no_certificate', '60']);
    }
    assert.equal(await site.serial(), undefined);
    await assert.rejects(site.visitor('').ask('/'), /unrecognized name/);
  });

  check('certbot says so in one line, with the time of its next attempt', async () => {
    const lines = (await site.stack.log('certbot')).filter((line) => !/HTTP_PORT/.test(line));
    assert.equal(lines.length, 1, lines.join('\n'));
    const [line = ''] = lines;
    const expected =
      /certbot: images\.example\.org: no new certificate: https:\/\/pebble:14000\/dir does not answer \(ACME_DIRECTORY\): .+\. There is no certificate yet\. Trying again at (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC\.$/;
    assert.match(line, expected);
    const [, day, time] = expected.exec(line) ?? [];
    const minutes = (Date.parse(`${day}T${time}Z`) - Date.now()) / 60_000;
    assert.ok(minutes > 12 && minutes < 16, `in ${minutes} minutes`);
  });

  check('when it is there, try-now brings the site to https within a minute', async () => {
    resolve(await startServer());
    assert.match(await site.tryNow(), /trying\. The log tells what comes of it/);
    await site.serialOtherThan(undefined);
    await site.line('certbot', /images\.example\.org: new certificate, valid until/);
  });

  return { checks, server };
}
