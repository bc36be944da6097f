// A site on https as browsers see it: the way there from http, HTTP/2, and Mirador on another web site.
import assert from 'node:assert/strict';
import { X509Certificate, createHash } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Authority } from '../../test-support/authority.mjs';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { startServe } from '../support/serve.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const host = 'images.example.org';
const folder = await mkdtemp(join(tmpdir(), 'vitrine-https-'));
await chmod(folder, 0o755);
const { certificate, key } = new Authority(join(folder, 'authority')).issue({ host });
await writeFile(join(folder, `${host}.crt`), certificate);
await writeFile(join(folder, `${host}.key`), key, { mode: 0o400 });
const publicKey = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
const browser = { host, trusted: createHash('sha256').update(publicKey).digest('base64') };

const port = await freePort();
const vitrine = await startServe({
  env: { VIRTUAL_HOST: host, VIRTUAL_HOST_PROTO: 'https', HTTPS_PORT: String(port), OWN_DIR: folder },
});
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
  await rm(folder, { recursive: true });
});
const site = `https://${host}:${port}`;

test('http leads to https, which is HTTP/2 with a certificate that the browser accepts', async (t) => {
  const { page } = await visitor(t, browser);
  const answer = await page.goto(`${vitrine.url.replace('localhost', host)}/`);
  assert.equal(page.url(), `${site}/`);
  assert.equal(answer?.headers()['strict-transport-security'], 'max-age=63072000');
  assert.equal((await answer.securityDetails())?.protocol, 'TLS 1.3');
  const protocol = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    return navigation instanceof PerformanceNavigationTiming && navigation.nextHopProtocol;
  });
  assert.equal(protocol, 'h2');
  const links = await page
    .locator('a')
    .evaluateAll((all) => all.map((link) => (link instanceof HTMLAnchorElement ? link.href : '')));
  assert.ok(
    links.length > 0 && !links.some((link) => link.startsWith('http:') && link.includes(host)),
    links.join(' '),
  );
});

test('Mirador on another site: locked, the login, the picture', { timeout: 180_000 }, async (t) => {
  const { context, page } = await visitor(t, browser);
  const viewer = mirador(page);
  await viewer.open(viewers.otherSite, `${site}/iiif/manifests/maps`);
  await viewer.loginBar.waitFor();
  assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
  const tab = await viewer.openLogin();
  const closed = tab.waitForEvent('close');
  await logIn(tab, vitrine.admin);
  await closed;
  await seesPicture(page, CANVAS);
  const cookies = await context.cookies(site);
  assert.ok(cookies.length > 0 && cookies.every(({ secure, httpOnly }) => secure && httpOnly), JSON.stringify(cookies));
});
