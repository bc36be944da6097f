// The Universal Viewer 4.4, which asks for tiles without cookies of another origin: it stands on Vitrine's own.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { INFO } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { viewersAt } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
after(() => vitrine.stop());

/** Not a thumbnail, which it asks for at once. */
const REGION = /\/iiif\/images\/[^/]+\/\d+,\d+,\d+,\d+\/.*\.jpg$/;
const CANVAS = '.openseadragon-container';

/** @type {(page: import('playwright-core').Page, manifest: string) => Promise<void>} */
const openViewer = async (page, manifest) => {
  const site = await viewersAt(page.context(), vitrine.url);
  await page.goto(`${site}/pages/universalviewer.html?manifest=${encodeURIComponent(vitrine.url + manifest)}`);
};

test('row 107: login in the Universal Viewer 4 on the same origin', async (t) => {
  const { context, page, traffic } = await visitor(t);

  await t.test('a stranger gets the dialogue of the login, and no tile', async () => {
    await openViewer(page, '/iiif/manifests/maps');
    await page.getByText('Vitrine: please log in').waitFor();
    await until('a refused description', () => traffic.answers(INFO, 401)[0]);
    assert.equal(traffic.since(0, REGION).length, 0);
  });

  await t.test('the form opens in a tab, which closes itself after the login', async () => {
    const opened = context.waitForEvent('page');
    await page.locator('.confirm:visible').first().click();
    const tab = await opened;
    await tab.getByLabel('Password').waitFor();
    const closed = tab.waitForEvent('close');
    await logIn(tab, vitrine.admin);
    await closed;
  });

  await t.test('then the picture is there: the description by the token, tiles by the cookie', async () => {
    await seesPicture(page, CANVAS);
    await screenshot(page, 'universal-viewer');
    assert.ok(traffic.answers(INFO, 200).some(({ bearer }) => bearer));
    assert.ok(traffic.answers(REGION, 200).length > 0 && traffic.answers(REGION, 401).length === 0, traffic.toString());
    assert.ok(traffic.answers(REGION, 200).every(({ bearer }) => !bearer));
  });

  await t.test('no script failed, no answer was a 5xx, and nothing was asked of another host', () => {
    assert.deepEqual(traffic.pageErrors, []);
    assert.deepEqual(traffic.failures(), []);
    assert.deepEqual([...traffic.hosts], ['localhost']);
  });
});
// It takes the image service of version 3 from such a manifest, and speaks none of the Authorization Flow API 2.0.
test('Presentation 3 in the Universal Viewer 4: locked without harm, and open to who has logged in before', async (t) => {
  const { page, traffic } = await visitor(t);
  const tiles = (/** @type {number} */ mark) => traffic.since(mark, /\/iiif\/3\/images\/[^/]+\/\d+,.*\.jpg$/);
  await openViewer(page, '/iiif/3/manifests/maps');
  await until('refused tiles', () => tiles(0).length > 0 && tiles(0).every(({ status }) => status === 401));
  assert.ok((await coloursIn(page, CANVAS)) < EMPTY);

  await page.goto(`${vitrine.url}/auth/iiif-login`);
  await logIn(page, vitrine.admin);
  await page.getByText('You are logged in').waitFor();
  const mark = traffic.mark();
  await openViewer(page, '/iiif/3/manifests/maps');
  await seesPicture(page, CANVAS);
  assert.ok(tiles(mark).some(({ status }) => status === 200));
  // 0: the viewer did not want it any more.
  assert.ok(
    tiles(mark).every(({ status }) => status === 200 || status === 0),
    String(traffic),
  );
  assert.deepEqual(traffic.pageErrors, []);
});
