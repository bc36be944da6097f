// Certificates of one's own: without certbot altogether, and beside it.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { until } from '../../../test-support/until.mjs';
import { Checklist } from '../checklist.mjs';
import { refusal } from '../engine.mjs';
import { onHttps } from './onHttps.mjs';

/**
 * @typedef {{certificate: string, key: string}} Issued PEM texts
 * @typedef {import('./site.mjs').Site} Site
 */

const serialOf = (/** @type {Issued} */ { certificate }) => new X509Certificate(certificate).serialNumber;
/** @type {(site: Site, issued: Issued) => Promise<true>} */
const isServed = (site, issued) =>
  until('the certificate', async () => (await site.settledSerial()) === serialOf(issued));

/**
 * certbot replaced by an image that does nothing, as docs/operations/https.md says.
 * @param {Site} site
 * @param {{certs: import('./ownCertificates.mjs').OwnCertificates, nothing: string, files: string[]}} means
 *   `nothing` is the name of the image
 * @returns {import('../checklist.mjs').Check[]}
 */
export function withoutCertbot(site, { certs, nothing, files }) {
  const { checks, add: check } = new Checklist();
  const override = site.compose('docker-compose.override', {
    services: { certbot: { image: nothing, restart: 'no' } },
  });

  check(
    'certbot replaced by another image: that one runs and ends, also with --build; the site works on http',
    async () => {
      const before = await certs.imageId(nothing);
      site.use([...files, certs.composeFile, override], { VIRTUAL_HOST_PROTO: 'http' });
      await site.stack.compose('up', '--detach', '--build');
      const ended = async () => (await site.stack.container('certbot')).State.Status === 'exited';
      await until('certbot to end', ended);
      const { State, Image, Config } = await site.stack.container('certbot');
      assert.deepEqual([State.ExitCode, Config.Image, Image], [0, nothing, before]);
      assert.equal(await certs.imageId(nothing), before, 'the image is what it was');
      assert.ok(![Config.Entrypoint, Config.Cmd].flat().some((word) => word?.includes('certbot')));
      await until('the start page', () => site.visitor().opens('/'));
    },
  );

  check('the same on https with a certificate of its own', async () => {
    const issued = await certs.put();
    site.change({ VIRTUAL_HOST_PROTO: 'https' });
    await site.stack.compose('up', '--detach', '--build');
    await isServed(site, issued);
    assert.equal((await site.stack.container('certbot')).Image, await certs.imageId(nothing));
    for (const { title, run } of onHttps(site, certs.ca)) {
      if (/^login|^http leads/.test(title)) await run();
    }
  });

  return checks;
}

/**
 * The same site with certbot in its place.
 * @param {Site} site
 * @param {object} means
 * @param {import('./ownCertificates.mjs').OwnCertificates} means.certs
 * @param {string[]} means.files
 * @param {Record<string, string>} means.variables
 * @param {import('./acmeServer.mjs').AcmeServer} means.pebble
 * @returns {import('../checklist.mjs').Check[]}
 */
export function ownCertificate(site, { certs, files, variables, pebble }) {
  const { checks, add: check } = new Checklist();
  /** @type {Issued} */
  let present;

  check('a certificate of its own is used, and certbot says that it leaves the name alone', async () => {
    const before = await pebble.orders();
    site.use([...files, certs.composeFile], variables);
    const serial = await site.serial();
    await site.up();
    assert.equal(await site.serial(), serial);
    await site.line(
      'certbot',
      /nothing to do for images\.example\.org: it has a certificate of its own in proxy\/certs\.$/,
    );
    assert.equal(await pebble.orders(), before);
  });

  check('replaced while the site runs: the new one is served within a minute', async () => {
    present = await certs.put();
    await isServed(site, present);
  });

  check('a key that the proxy cannot read: one line says so and what to do, and the old one stays', async () => {
    const line =
      'proxy: proxy/certs/images.example.org.key cannot be read by the user number 33. Let that user read it: chown 33, chmod 400.';
    const lines = (await site.stack.log('proxy')).length;
    await certs.put({ owner: 0, mode: '600' });
    await site.line('proxy', /cannot be read/, lines);
    assert.equal(await site.serial(), serialOf(present));
    const said = (await site.stack.log('proxy')).slice(lines).filter((line) => line.startsWith('proxy: '));
    assert.deepEqual(said, [line]);

    const output = await refusal(site.stack.compose('run', '--rm', '--no-deps', '-T', 'proxy'));
    assert.deepEqual(
      output.split('\n').filter((one) => one.startsWith('proxy: ')),
      [line],
    );
    await certs.remove();
  });

  return checks;
}
