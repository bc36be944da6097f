// The pages that people meet: the start page, the login in a tab of its own, the logout. With and without a script.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { faintTexts } from '../support/contrast.mjs';
import { screenshot } from '../support/screenshots.mjs';
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

const login = `${vitrine.url}/auth/iiif-login`;
const image = `${vitrine.url}/iiif/images/maps!island.tif`;
const tile = `${image}/1024,1024,512,512/512,512/0/default.jpg`;
const client = `${viewers.otherSite}/pages/openseadragon.html?image=${encodeURIComponent(image)}`;

/**
 * A page of another site that opens our login in a tab.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').BrowserContext} context
 */
async function openLoginFrom(page, context) {
  await page.goto(client);
  await page.evaluate(() => window.client.describe());
  const opened = context.waitForEvent('page');
  await page.locator('#login').click();
  return opened;
}

test('rows 13 and 20: a wrong password is told and the tab stays; the right one closes it', async (t) => {
  const { context, page } = await visitor(t);
  const tab = await openLoginFrom(page, context);
  const wrong = { email: vitrine.admin.email, password: 'not the password' };
  await logIn(tab, wrong);
  await tab.getByRole('alert').getByText('E-mail address or password is not right.').waitFor();
  assert.equal(await tab.getByLabel('E-mail address').inputValue(), wrong.email);
  assert.equal(await tab.getByLabel('Password').inputValue(), '');
  assert.equal(await page.evaluate(() => window.loginTab.closed), false);
  await logIn(tab, vitrine.admin);
  await until('the tab closes', () => tab.isClosed());
  assert.equal(await page.evaluate(() => window.loginTab.closed), true);
});

test('who is logged in already: the tab that a viewer opens closes at once', async (t) => {
  const { context, page } = await visitor(t);
  await page.goto(login);
  await logIn(page, vitrine.admin);
  await page.getByText('You are logged in').waitFor();
  const tab = await openLoginFrom(page, context);
  await until('the tab closes', () => tab.isClosed());
});

test('a login that no viewer has opened: the page says in words that it can be closed', async (t) => {
  const { page } = await visitor(t);
  await page.goto(login);
  await logIn(page, vitrine.admin);
  await page.getByText('You can close this window').waitFor();
  await page.getByText(vitrine.admin.email).waitFor();
  await page.getByRole('link', { name: 'Log out' }).click();
  await page.getByText('You are logged out').waitFor();
  await page.getByText('You can close this window').waitFor();
});

test('the login works with the keyboard alone', async (t) => {
  const { page } = await visitor(t);
  await page.goto(login);
  await page.locator('#email:focus').waitFor(); // autofocus comes with the first painting
  await page.keyboard.type(vitrine.admin.email);
  await screenshot(page, 'login');
  await page.keyboard.press('Tab');
  await page.keyboard.type(vitrine.admin.password);
  await page.keyboard.press('Enter');
  await page.getByText('You are logged in').waitFor();
});

test('with JavaScript switched off: start page, login, an image, logout', async (t) => {
  const { page } = await visitor(t, { context: { javaScriptEnabled: false } });
  await page.goto(vitrine.url);
  await page.getByText(`${vitrine.url}/iiif/manifests/`).waitFor();
  assert.equal((await page.goto(tile))?.status(), 401);
  await page.goto(vitrine.url);
  await page.getByRole('link', { name: 'Log in' }).click();
  await logIn(page, vitrine.admin);
  await page.getByText(`You are logged in as ${vitrine.admin.email}`).waitFor();
  assert.equal(page.url(), `${vitrine.url}/`);

  const answer = await page.goto(tile);
  assert.equal(answer?.status(), 200);
  assert.equal(answer.headers()['content-type'], 'image/jpeg');

  await page.goto(vitrine.url);
  await page.getByRole('link', { name: 'Log out' }).click();
  await page.getByText('You are logged out').waitFor();
  assert.equal((await page.goto(tile))?.status(), 401);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`every page can be read in ${colorScheme} colours, and fits on a telephone`, async (t) => {
    const { page, traffic } = await visitor(t, { context: { colorScheme, viewport: { width: 320, height: 640 } } });
    const readable = async () => {
      assert.deepEqual(await faintTexts(page), [], page.url());
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `${page.url()} is too wide`,
      );
    };
    await page.goto(vitrine.url);
    await readable();
    await page.goto(login);
    await readable();
    await logIn(page, { email: 'nobody@example.org', password: 'x' });
    await page.getByRole('alert').waitFor();
    await readable();
    await logIn(page, vitrine.admin);
    await page.getByText('You are logged in').waitFor();
    await readable();
    await page.goto(vitrine.url);
    await readable();
    await page.goto(`${vitrine.url}/auth/logout`);
    await readable();
    assert.deepEqual([...traffic.hosts], ['localhost']);
    assert.deepEqual(traffic.pageErrors, []);
  });
}
