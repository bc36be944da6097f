// react-iiif-vault, which speaks the Authorization Flow API 2.0 and nothing older.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPatterns } from '../support/patterns.mjs';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { until } from '../../test-support/until.mjs';
import { nameVersion3Only } from '../support/version3Only.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const viewers = await startViewers();
const vitrine = await startPatterns({ AUTH_TRUSTED_ORIGINS: viewers.sameSite });
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const CANVAS = '#viewer';
const PROBE = /\/auth\/iiif\/2\/probe\//;
const TOKEN = /\/auth\/iiif\/2\/token\?/;
const IMAGE = /\/iiif\/3\/images\/.*\.jpg$/;

/** @import { Page } from 'playwright-core' */

/**
 * @param {Page} page
 * @param {string} site
 * @param {string} folder
 */
async function open(page, site, folder) {
  const manifest = `${vitrine.url}/iiif/3/manifests/${folder}`;
  await nameVersion3Only(page, manifest);
  await page.goto(`${site}/pages/iiif-vault.html?manifest=${encodeURIComponent(manifest)}`);
}
const access = (/** @type {Page} */ page) => page.evaluate(() => window.access);

for (const [name, site] of Object.entries({ 'the same site': viewers.sameSite, 'another site': viewers.otherSite })) {
  for (const { folder, act } of [
    { folder: 'login', act: (/** @type {Page} */ tab) => logIn(tab, vitrine.admin) },
    { folder: 'terms', act: (/** @type {Page} */ tab) => tab.getByRole('button', { name: 'I agree' }).click() },
  ]) {
    test(`active (${folder}) in react-iiif-vault on ${name}: a tab, the token, the probe says 200`, async (t) => {
      const { context, page, traffic } = await visitor(t);
      await open(page, site, folder);
      await until('the services', async () => (await access(page))?.[0]?.type === 'active');
      await until('the probe', () => traffic.since(0, PROBE)[0]);
      assert.ok((await coloursIn(page, CANVAS)) < EMPTY);

      const opened = context.waitForEvent('page');
      await page.getByRole('button', { name: 'Log in', exact: true }).click();
      const tab = await opened;
      await act(tab);
      await until('the tab closes itself', () => tab.isClosed());
      await until('the login', async () => (await access(page))?.[0]?.isLoggedIn);
      await seesPicture(page, CANVAS);
      assert.ok(traffic.since(0, PROBE).some(({ bearer }) => bearer));
      assert.ok(traffic.since(0, IMAGE).every(({ bearer }) => !bearer));
      assert.deepEqual(traffic.pageErrors, []);
    });
  }

  test(`kiosk in react-iiif-vault on ${name}: the picture comes without a hand`, async (t) => {
    const { page, traffic } = await visitor(t);
    await open(page, site, 'kiosk');
    await until('a token', () => traffic.since(0, TOKEN)[0]);
    await seesPicture(page, CANVAS);
    assert.deepEqual(traffic.pageErrors, []);
  });
}

test('external in react-iiif-vault on a trusted site, in the network: the token without a tab, and the picture', async (t) => {
  const { context, page, traffic } = await visitor(t);
  await open(page, viewers.sameSite, 'network');
  await seesPicture(page, CANVAS);
  await until('the probe with the token', () => traffic.since(0, PROBE).find(({ bearer }) => bearer));
  assert.equal(context.pages().length, 1);
  assert.deepEqual(traffic.pageErrors, []);
});

test('external in react-iiif-vault on another site, in the network: the place is no right of that site', async (t) => {
  const { page, traffic } = await visitor(t);
  await open(page, viewers.otherSite, 'network');
  await until('the probe', () => traffic.since(0, PROBE)[0]);
  await until('an answer of the token service', () => traffic.since(0, TOKEN)[0]);
  assert.ok(traffic.since(0, PROBE).every(({ bearer }) => !bearer));
  // Nor would the browser show it there, by the policy that comes with it.
  assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
});

test('external in react-iiif-vault, of another network: the token that one gets here does not open it', async (t) => {
  const { context, page, traffic } = await visitor(t);
  await open(page, viewers.sameSite, 'other-network');
  await until('the probe with the token', () => traffic.since(0, PROBE).find(({ bearer }) => bearer));
  await until('a refused image', () => traffic.since(0, IMAGE)[0]);
  assert.ok(traffic.since(0, IMAGE).every(({ status }) => status === 401));
  assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
  assert.equal(context.pages().length, 1);
});
