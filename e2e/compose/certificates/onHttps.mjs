// What holds of a site on https: nothing of it speaks of http or of the ports inside, and it works.
import assert from 'node:assert/strict';
import { jpegSize } from '../../../test-support/pictureSize.mjs';
import { until } from '../../../test-support/until.mjs';
import { Checklist } from '../checklist.mjs';
import { island, islandTile, samples } from '../samples.mjs';
import { admin } from './site.mjs';

const hsts = 'max-age=63072000';
const viewer = 'https://viewer.example.net';
const token = `/auth/iiif/2/token?messageId=1&origin=${viewer}`;

const paths = [
  '/',
  '/auth/iiif-login',
  '/auth/selftest',
  '/auth/iiif-token',
  `/auth/iiif-token?messageId=1&origin=${viewer}`,
  token,
  '/iiif/manifests/',
  '/iiif/3/manifests/',
  '/iiif/manifests/maps',
  '/iiif/3/manifests/maps',
  '/iiif/images/maps!island.tif',
  '/iiif/3/images/maps!island.tif',
  '/auth/iiif/2/probe/maps!island.tif',
  islandTile,
  '/nothing',
  ...samples.flatMap(({ id }) => [`/iiif/images/${id}/info.json`, `/iiif/3/images/${id}/info.json`]),
];

/**
 * Every address in a text that is of the site, whatever it says the site is called.
 * @param {string} text
 * @param {import('./site.mjs').Site} site
 */
function ownAddresses(text, { host }) {
  const names = [host, 'localhost', '127.0.0.1', 'auth', 'image-server', 'proxy'];
  return (text.match(/https?:\/\/[^\s"'<>\\)]+/g) ?? []).filter((address) => {
    const { hostname, port } = new URL(address);
    return names.includes(hostname) || ['3000', '8080', '8443'].includes(port);
  });
}

/**
 * @param {import('./site.mjs').Site} site
 * @param {string} ca root of its certificate, PEM
 * @returns {import('../checklist.mjs').Check[]}
 */
export function onHttps(site, ca) {
  const nobody = site.visitor(ca);
  const reader = site.visitor(ca);
  const { checks, add: check } = new Checklist();

  check('http leads to https, whatever the address', async () => {
    // The workers of before a reload answer a moment longer.
    await until('only the new workers to answer', async () => {
      for (let once = 0; once < 10; once++) if ((await site.visitor().ask('/')).status !== 301) return false;
      return true;
    });
    for (const path of ['/', `${island}/info.json?a=b`, '/auth/iiif-login', '/nothing']) {
      const { status, headers } = await site.visitor().ask(path);
      assert.deepEqual([status, headers.location], [301, `${site.base}${path}`]);
    }
  });

  check('the address of a challenge stays on http', async () => {
    const folder = '/challenges/.well-known/acme-challenge';
    const shell = ['exec', '-T', 'certbot', 'sh', '-c'];
    await site.stack.compose(...shell, `mkdir -p ${folder} && printf answer >${folder}/question`);
    const { status, text } = await site.visitor().ask('/.well-known/acme-challenge/question');
    assert.deepEqual([status, text], [200, 'answer']);
    assert.equal((await site.visitor().ask('/.well-known/acme-challenge/nothing')).status, 404);
  });

  check('documents and headers: https, and the public name and port only', async () => {
    let found = 0;
    const member = site.visitor(ca);
    await member.logIn({ ...admin, origin: site.base });
    for (const path of paths) {
      for (const who of [nobody, member]) {
        const { headers, text, status } = await who.ask(path);
        assert.ok(status < 500, `${path}: ${status}`);
        assert.equal(headers['strict-transport-security'], hsts, path);
        const binary = headers['content-type']?.startsWith('image/');
        const addresses = ownAddresses(`${JSON.stringify(headers)}\n${binary ? '' : text}`, site);
        for (const address of addresses) {
          assert.ok(address === site.base || address.startsWith(`${site.base}/`), `${path}: ${address}`);
        }
        found += addresses.length;
      }
    }
    assert.ok(found > 100, `${found} addresses`);
  });

  check('descriptions are of the public address', async () => {
    for (const { id } of samples) {
      const read = async (/** @type {string} */ prefix) =>
        JSON.parse((await nobody.ask(`${prefix}/${id}/info.json`)).text);
      assert.equal((await read('/iiif/images'))['@id'], `${site.base}/iiif/images/${id}`);
      assert.equal((await read('/iiif/3/images')).id, `${site.base}/iiif/3/images/${id}`);
    }
  });

  check('login: cookies for https only; then a protected tile, by HTTP/2 too', async () => {
    assert.equal((await reader.ask(islandTile)).status, 401);
    const cookies = (await reader.logIn({ ...admin, origin: site.base })).headers['set-cookie'] ?? [];
    assert.ok(cookies.length > 0, 'a cookie');
    for (const line of cookies) assert.match(line, /; Secure(;|$)/);
    assert.ok(
      cookies.some((line) => /; SameSite=None(;|$)/.test(line)),
      'one for other sites',
    );
    const tile = await reader.ask2(islandTile);
    assert.deepEqual([tile.status, tile.protocol], [200, 'h2']);
    assert.deepEqual(jpegSize(tile.body), { width: 512, height: 512 });
    assert.equal(tile.headers['strict-transport-security'], hsts);
    const old = await reader.ask(islandTile);
    assert.deepEqual(old.body, tile.body);
  });

  return checks;
}
