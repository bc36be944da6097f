// The self-test: what it says where everything works, and that it names what does not.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { faintTexts } from '../support/contrast.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../support/until.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
after(() => vitrine.stop());

const address = `${vitrine.url}/auth/selftest`;
const OTHER_SITES = ['framed', 'shown'];

/** All steps: id, state, and what is said of it. */
const report = (page) =>
  page
    .locator('.steps li')
    .evaluateAll((all) => all.map((step) => [step.id, step.dataset.state, step.querySelector('p').textContent]));
const statesBut = async (page, ...ids) =>
  (await report(page)).filter(([id, state]) => state !== 'ok' && !ids.includes(id));
const said = (page, id) => page.locator(`#${id} p`).textContent();
const stateOf = (page, id) => page.locator(`#${id}`).getAttribute('data-state');
const decided = (page, id) =>
  until(`${id} is decided`, async () => (await stateOf(page, id)) || false).catch(async (error) => {
    throw new Error(`${error.message}\n${JSON.stringify(await report(page), null, 1)}`);
  });

async function press(context, page, id, act) {
  const button = page.locator(`#button-${id}`);
  await until(`the button of ${id}`, () => button.isEnabled());
  const opened = context.waitForEvent('page');
  await button.click();
  const tab = await opened;
  if (act) await act(tab);
  return tab;
}

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
  assert.ok((await context.cookies()).every(({ name }) => !name.startsWith('vitrine_')));
  assert.deepEqual([...traffic.hosts], ['localhost']);
  assert.deepEqual(traffic.pageErrors, []);
  await page.evaluate(() => window.scrollTo(0, 0));
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
  await page.goto(address);
  // Longer than a tab that counts as closed at once.
  await press(context, page, 'tab1', async (tab) => {
    const opened = Date.now();
    await until('the reader has looked at it', () => Date.now() - opened > 2500);
    await tab.close();
  });
  await decided(page, 'open1');
  assert.match(await said(page, 'tab1'), /closed with nobody logged in/);
  await press(context, page, 'tab1', (tab) => logIn(tab, vitrine.admin));
  await until('it works now', async () => (await stateOf(page, 'open1')) === 'ok');
});
