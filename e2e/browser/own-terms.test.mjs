// A rule with a reason and terms of its own: viewers show these, and what is agreed to is these and no others.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { findings } from '../support/accessibility.mjs';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { startPatterns } from '../support/patterns.mjs';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { INFO, TILE } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { nameVersion3Only } from '../support/version3Only.mjs';
import { startViewers, viewersAt } from '../support/viewers.mjs';
import { visitor } from '../support/visitor.mjs';

const viewers = await startViewers();
const vitrine = await startPatterns({ AUTH_TRUSTED_ORIGINS: viewers.sameSite });
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const REASON = 'The letters name people who are alive.';
const NOTE = 'Nothing may be copied.';
const LABEL = 'Terms of the estate';
const CONFIRM = 'So be it';
const manifest = (/** @type {string} */ folder, version = '') => `${vitrine.url}/iiif/${version}manifests/${folder}`;

for (const version of /** @type {const} */ (['mirador', 'mirador4'])) {
  test(`${version}: the terms of the rule, the picture, and nothing under other terms`, async (t) => {
    const { page, traffic } = await visitor(t);
    const viewer = mirador(page, version);
    await viewer.open(viewers.sameSite, manifest('own-terms'));
    await viewer.bar(LABEL).waitFor();
    assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
    await viewer.bar(LABEL).click();
    await page.getByText(`${REASON} ${NOTE}`).waitFor();
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: CONFIRM, exact: true }).click();
    const tab = await opened;
    await until('the tab closes itself', () => tab.isClosed());
    await until('a description by the token', () => traffic.answers(INFO, 200).find(({ bearer }) => bearer));
    if (version === 'mirador4') await viewer.nextButton.click(); // it does not ask for tiles again before
    await seesPicture(page, CANVAS);
    assert.deepEqual(traffic.pageErrors, []);

    await viewer.open(viewers.sameSite, manifest('terms'));
    await viewer.bar('Terms of use of Vitrine').waitFor();
    await until('a refused tile', () => traffic.answers(TILE, 401).find(({ url }) => url.includes('/terms!')));
    assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
  });
}

test('Universal Viewer: the reason and the terms in its dialogue, and the picture', async (t) => {
  const { context, page, traffic } = await visitor(t);
  const site = await viewersAt(context, vitrine.url);
  await page.goto(`${site}/pages/universalviewer.html?manifest=${encodeURIComponent(manifest('own-terms'))}`);
  await page.getByText('The estate', { exact: true }).waitFor();
  await page.getByText(`${REASON} ${NOTE}`).waitFor();
  const opened = context.waitForEvent('page');
  await page.locator('.confirm:visible').first().click();
  const tab = await opened;
  await until('the tab closes itself', () => tab.isClosed());
  await seesPicture(page, CANVAS);
  assert.deepEqual(traffic.pageErrors, []);
});

test('react-iiif-vault: the terms are a page with a button, which axe finds nothing wrong with', async (t) => {
  const { context, page } = await visitor(t);
  const address = manifest('own-terms', '3/');
  await nameVersion3Only(page, address);
  await page.goto(`${viewers.otherSite}/pages/iiif-vault.html?manifest=${encodeURIComponent(address)}`);
  await until('the services', async () => (await page.evaluate(() => window.access))?.[0]?.type === 'active');
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  const tab = await opened;
  await tab.getByRole('heading', { name: 'The estate' }).waitFor();
  await tab.getByText(`${REASON} ${NOTE}`).waitFor();
  assert.deepEqual(await findings(tab), []);
  await tab.getByRole('button', { name: CONFIRM }).click();
  await until('the tab closes itself', () => tab.isClosed());
  await seesPicture(page, '#viewer');
});
