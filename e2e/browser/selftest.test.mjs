// The self-test: what it says where everything works, and that it names what does not.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { faintTexts } from '../support/contrast.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
after(() => vitrine.stop());

const address = `${vitrine.url}/auth/selftest`;
const OTHER_SITES = ['framed', 'shown'];

/** @import { BrowserContext, Page } from 'playwright-core' */

/**
 * All steps: id, state, and what is said of it.
 * @param {Page} page
 */
const report = (page) =>
  page
    .locator('.steps li')
    .evaluateAll((all) =>
      all.map((step) => [step.id, step.getAttribute('data-state'), step.querySelector('p')?.textContent]),
    );
const statesBut = async (/** @type {Page} */ page, /** @type {string[]} */ ...ids) =>
  (await report(page)).filter(([id, state]) => state !== 'ok' && !ids.includes(id ?? ''));
/** @type {(page: Page, id: string) => Promise<string>} */
const said = async (page, id) => (await page.locator(`#${id} p`).textContent()) ?? '';
/** @type {(page: Page, id: string) => Promise<string | null>} */
const stateOf = (page, id) => page.locator(`#${id}`).getAttribute('data-state');
/** @type {(page: Page, id: string) => Promise<unknown>} */
const decided = (page, id) =>
  until(`${id} is decided`, async () => Boolean(await stateOf(page, id))).catch(
    async (/** @type {unknown} */ error) => {
      throw new Error(`${String(error)}\n${JSON.stringify(await report(page), null, 1)}`);
    },
  );

/**
 * @param {BrowserContext} context
 * @param {Page} page
 * @param {string} id
 * @param {(tab: Page) => Promise<void>} [act] what is done in the tab that opens
 */
async function press(context, page, id, act) {
  const button = page.locator(`#button-${id}`);
  await until(`the button of ${id}`, () => button.isEnabled());
  const opened = context.waitForEvent('page');
  await button.click();
  const tab = await opened;
  if (act) await act(tab);
  return tab;
}

/**
 * @param {BrowserContext} context
 * @param {Page} page
 */
async function goThrough(context, page) {
  await page.goto(address);
  await press(context, page, 'tab1', (tab) => logIn(tab, vitrine.admin));
  await decided(page, 'open1');
  await press(context, page, 'tab2');
  await decided(page, 'shown');
  await press(context, page, 'tab3');
  await decided(page, 'over');
}

test('on a good server every step works, and afterwards nobody is logged in', async (t) => {
  const { context, page, traffic } = await visitor(t);
  await goThrough(context, page);
  assert.deepEqual(await statesBut(page), []);
  assert.equal(await page.locator('#verdict').textContent(), 'Everything works.');
  assert.deepEqual(await faintTexts(page), []);
  // What stays says that there was a login, for the next one, and opens nothing.
  const opening = (await context.cookies()).filter(({ name }) => /^vitrine_(?!device)/.test(name));
  assert.deepEqual(opening, []);
  assert.deepEqual([...traffic.hosts], ['localhost']);
  assert.deepEqual(traffic.pageErrors, []);
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await screenshot(page, 'selftest');
});

test('where the browser blocks third-party cookies, that is named, and all else works', async (t) => {
  const { context, page } = await visitor(t, { thirdPartyCookies: 'blocked' });
  await goThrough(context, page);
  assert.deepEqual(await statesBut(page, ...OTHER_SITES), []);
  for (const id of OTHER_SITES) {
    assert.equal(await stateOf(page, id), 'warn');
    assert.match(await said(page, id), /blocks third-party cookies/);
  }
  const verdict = page.locator('#verdict');
  assert.equal(await verdict.getAttribute('data-state'), 'warn', 'what a browser forbids is no failure of the server');
  assert.equal(await verdict.textContent(), 'The server works: 15 of 17 steps. What this browser does not allow: 2.');
});

test('a wrong VIRTUAL_HOST is named, with what to set', async (t) => {
  const { page } = await visitor(t);
  // To the server it is the same as a name that VIRTUAL_HOST is not.
  const seen = vitrine.url.replace('localhost', '127.0.0.1');
  await page.goto(`${seen}/auth/selftest`);
  await decided(page, 'address');
  const { port } = new URL(seen);
  const text = await said(page, 'address');
  for (const part of ['VIRTUAL_HOST=127.0.0.1', `HTTP_PORT=${port}`, vitrine.url]) assert.ok(text.includes(part), text);
  assert.equal(await stateOf(page, 'over'), 'skip');
});

test('a proxy that takes headers away is named', async (t) => {
  const { context, page } = await visitor(t);
  await context.route('**/auth/selftest/echo', async (route) => {
    const headers = await route.request().allHeaders();
    await route.continue({ headers: { ...headers, authorization: '' } });
  });
  await page.goto(address);
  await decided(page, 'headers');
  assert.match(await said(page, 'headers'), /^Authorization did not arrive/);
  assert.equal(await stateOf(page, 'verdict'), 'bad');
});

test('a page of the login that sends Cross-Origin-Opener-Policy is named', async (t) => {
  const { context, page } = await visitor(t);
  await context.route('**/auth/iiif-login?**', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: { ...response.headers(), 'cross-origin-opener-policy': 'same-origin' },
    });
  });
  await page.goto(address);
  const tab = await press(context, page, 'tab1');
  await decided(page, 'open1');
  assert.equal(await stateOf(page, 'tab1'), 'bad');
  assert.match(await said(page, 'tab1'), /Cross-Origin-Opener-Policy/);
  assert.equal(tab.isClosed(), false);
});

test('a tab that is closed without a login is told as that, and can be opened again', async (t) => {
  const { context, page } = await visitor(t);
  await page.clock.install();
  await page.goto(address);
  await press(context, page, 'tab1', async (tab) => {
    await page.clock.fastForward(2500); // longer than a tab that counts as closed at once
    await tab.close();
  });
  await decided(page, 'open1');
  assert.match(await said(page, 'tab1'), /closed with nobody logged in/);
  await press(context, page, 'tab1', (tab) => logIn(tab, vitrine.admin));
  await until('it works now', async () => (await stateOf(page, 'open1')) === 'ok');
});
