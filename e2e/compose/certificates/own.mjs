// Certificates of one's own: without certbot altogether, and beside it.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { until } from '../../support/until.mjs';
import { onHttps } from './onHttps.mjs';

const serialOf = ({ certificate }) => new X509Certificate(certificate).serialNumber;
const isServed = (site, issued) => until('the certificate', async () => (await site.serial()) === serialOf(issued), 60);

/**
 * certbot replaced by an image that does nothing, as docs/operations.md says.
 * @param {import('./site.mjs').Site} site
 * @param {{certs: import('./ownCertificates.mjs').OwnCertificates, nothing: string, files: string[]}} means
 *   `nothing` is the name of the image
 */
export function withoutCertbot(site, { certs, nothing, files }) {
  const list = [];
  const check = (title, run) => list.push({ title, run });
  const override = site.compose('docker-compose.override', {
    services: { certbot: { image: nothing, restart: 'no' } },
  });

  check(
    'certbot replaced by another image: that one runs and ends, also with --build; the site works on http',
    async () => {
      const before = await certs.imageId(nothing);
      site.use([...files, certs.composeFile, override], { VIRTUAL_HOST_PROTO: 'http' });
      await site.stack.compose('up', '--detach', '--build');
      const ended = async () => (await site.container('certbot')).State.Status === 'exited';
      await until('certbot to end', ended, 60);
      const { State, Image, Config } = await site.container('certbot');
      assert.deepEqual([State.ExitCode, Config.Image, Image], [0, nothing, before]);
      assert.equal(await certs.imageId(nothing), before, 'the image is what it was');
      assert.ok(![Config.Entrypoint, Config.Cmd].flat().some((word) => word?.includes('certbot')));
      await until('the start page', () => site.visitor().opens('/'), 60);
    },
  );

  check('the same on https with a certificate of its own', async () => {
    const issued = await certs.put();
    site.change({ VIRTUAL_HOST_PROTO: 'https' });
    await site.stack.compose('up', '--detach', '--build');
    await isServed(site, issued);
    assert.equal((await site.container('certbot')).Image, await certs.imageId(nothing));
    for (const { title, run } of onHttps(site, certs.ca)) {
      if (/^login|^http leads/.test(title)) await run();
    }
  });

  return list;
}

/** The same site with certbot in its place. */
export function ownCertificate(site, { certs, files, variables, pebble }) {
  const list = [];
  const check = (title, run) => list.push({ title, run });
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
    const refusal =
      'proxy: proxy/certs/images.example.org.key cannot be read by the user number 33. Let that user read it: chown 33, chmod 400.';
    const lines = (await site.log('proxy')).length;
    await certs.put({ owner: 0, mode: '600' });
    await site.line('proxy', /cannot be read/, lines);
    assert.equal(await site.serial(), serialOf(present));
    const said = (await site.log('proxy')).slice(lines).filter((line) => line.startsWith('proxy: '));
    assert.deepEqual(said, [refusal]);

    const output = await site.stack.compose('run', '--rm', '--no-deps', '-T', 'proxy').then(
      () => assert.fail('it started'),
      ({ stdout, stderr }) => stdout + stderr,
    );
    assert.deepEqual(
      output.split('\n').filter((line) => line.startsWith('proxy: ')),
      [refusal],
    );
    await certs.remove();
  });

  return list;
}
