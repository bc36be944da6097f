// A browser that blocks cookies of other sites, with and without leave to give them back (Storage Access API).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const manifest = `${vitrine.url}/iiif/3/manifests/maps`;
const client = `${viewers.otherSite}/clients/auth2.html?manifest=${encodeURIComponent(manifest)}`;
const state = (/** @type {import('playwright-core').Page} */ page) => page.evaluate(() => document.body.dataset.state);

/**
 * Opens our client of the Authorization Flow 2.0 on another site and logs in by it.
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('playwright-core').Page} page
 */
async function logInOnOtherSite(context, page) {
  await page.goto(client);
  await until('the client asks for the login', async () => (await state(page)) === 'asking');
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Log in' }).click();
  const tab = await opened;
  await logIn(tab, vitrine.admin);
  await until('the tab closes', () => tab.isClosed());
}

test('row 81: with leave for its cookies in the frame, the images come by a signed path, without any cookie', async (t) => {
  const { context, page } = await visitor(t, { thirdPartyCookies: 'blocked' });
  await context.grantPermissions(['storage-access']);
  /** @type {import('playwright-core').Request[]} */
  const signed = [];
  page.on('request', (request) => {
    if (request.url().includes('/iiif/3/images/!')) signed.push(request);
  });
  await logInOnOtherSite(context, page);
  await until('the picture', async () => (await state(page)) === 'shown');
  const width = await page
    .locator('#picture img')
    .evaluate((picture) => (picture instanceof HTMLImageElement ? picture.naturalWidth : 0));
  assert.ok(width > 0);
  assert.ok(signed.length > 0, 'the images came by a signed path');
  for (const request of signed) assert.equal((await request.allHeaders()).cookie, undefined);
});

test('without leave the client stays locked, and says that it got no token', async (t) => {
  const { context, page } = await visitor(t, { thirdPartyCookies: 'blocked' });
  await logInOnOtherSite(context, page);
  await until('the refusal', async () => (await state(page)) === 'refused');
});
