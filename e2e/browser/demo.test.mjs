// The demonstration, through the two clients that come with it: on the server itself and on another site.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { faintTexts } from '../support/contrast.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe({ env: { DEMO: 'true' } });
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

/** @import { BrowserContext, Page } from 'playwright-core' */

const guest = { email: 'demo@localhost', password: 'look-at-this' };
/** Where the clients are: what stands before `/auth1.html`. */
const places = { 'on this server': `${vitrine.url}/demo`, 'on another site': `${viewers.otherSite}/clients` };

/**
 * Opens a demonstration in a client, whose steps are read by `steps`, and its state by `settled`.
 * @param {Page} page
 * @param {string} place
 * @param {number} version
 * @param {string} name
 * @param {number} [presentation] version of the manifest
 */
async function open(page, place, version, name, presentation = version + 1) {
  const manifest = `${vitrine.url}/demo/${name}/manifest${presentation}.json`;
  await page.goto(`${place}/auth${version}.html?manifest=${encodeURIComponent(manifest)}`);
}
const state = (/** @type {Page} */ page) => page.evaluate(() => document.body.dataset.state);
const steps = async (/** @type {Page} */ page) => (await page.locator('#log li').allTextContents()).join('\n');
/**
 * @param {Page} page
 * @param {string} wanted
 */
async function settled(page, wanted) {
  await until(`state ${wanted}`, async () => (await state(page)) === wanted).catch(
    async (/** @type {unknown} */ error) => {
      throw new Error(`${String(error)}; it is ${(await state(page)) ?? 'nothing'}:\n${await steps(page)}`);
    },
  );
}
const width = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    const picture = document.querySelector('#picture img');
    return picture instanceof HTMLImageElement ? picture.naturalWidth : undefined;
  });

/**
 * Presses the client's button, and does what the tab asks.
 * @param {BrowserContext} context
 * @param {Page} page
 * @param {string} name
 * @param {(tab: Page) => Promise<void>} [act]
 */
async function inTab(context, page, name, act) {
  await settled(page, 'asking');
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name }).click();
  const tab = await opened;
  if (act) await act(tab);
  await until('the tab closes', () => tab.isClosed());
}
const logInThere = (/** @type {Page} */ tab) => logIn(tab, guest);
const agree = (/** @type {number} */ version) =>
  version === 2 ? (/** @type {Page} */ tab) => tab.getByRole('button', { name: 'I agree' }).click() : undefined;

/** @typedef {{context: BrowserContext, page: Page, version: number, where: string}} Reader */

/**
 * What a reader of each pattern does and sees.
 * @type {Record<string, (reader: Reader) => Promise<void>>}
 */
const patterns = {
  open: ({ page }) => settled(page, 'shown'),
  // A place is a right of who is there, not of the web sites that the browser shows.
  external: ({ page, where }) => settled(page, where === 'on another site' ? 'refused' : 'shown'),
  async login({ context, page }) {
    await inTab(context, page, 'Log in', logInThere);
    await settled(page, 'shown');
    assert.equal(await width(page), 900);
  },
  async clickthrough({ context, page, version }) {
    await inTab(context, page, 'I agree', agree(version));
    await settled(page, 'shown');
  },
  // Nobody has clicked, so the browser stops the tab; then the client asks for a click.
  async kiosk({ page }) {
    await until('the kiosk', async () => ['asking', 'shown'].includes((await state(page)) ?? ''));
    if ((await state(page)) === 'asking') await page.locator('#words').getByRole('button', { name: 'Open' }).click();
    await settled(page, 'shown');
  },
  async tiered({ context, page }) {
    await until('the smaller image', async () => (await width(page)) === 450);
    await inTab(context, page, 'Log in', logInThere);
    await until('the whole image', async () => (await width(page)) === 900);
    await settled(page, 'shown');
  },
  async two({ context, page, version }) {
    await inTab(context, page, 'I agree', agree(version));
    await settled(page, 'shown');
    await page.getByRole('button', { name: 'second' }).click();
    await inTab(context, page, 'Log in', logInThere);
    await settled(page, 'shown');
    await page.getByRole('button', { name: 'first' }).click();
    await settled(page, 'shown');
  },
  async denied({ context, page }) {
    await inTab(context, page, 'Log in', logInThere);
    await settled(page, 'refused');
  },
  async expired({ context, page, version }) {
    await inTab(context, page, 'Log in', logInThere);
    await settled(page, 'shown');
    const demo = await context.newPage();
    await demo.goto(`${vitrine.url}/demo/#expired`);
    await demo.getByRole('button', { name: 'expire now' }).click();
    await demo.getByText('The session has ended on the server.').waitFor();
    await demo.close();
    await page.reload();
    await inTab(context, page, 'Log in', (tab) => tab.close());
    await settled(page, 'refused');
    // Here the network has a token for everybody; what counts is that it opens nothing.
    assert.match(await steps(page), version === 1 ? /does not open|no token/ : /status 401[^]*status 401|no token/);
  },
};

for (const version of [1, 2]) {
  for (const [where, place] of Object.entries(places)) {
    test(`every pattern in auth${version}.html ${where}`, async (t) => {
      const { context, page, traffic } = await visitor(t);
      for (const [name, go] of Object.entries(patterns)) {
        await t.test(name, async () => {
          await context.clearCookies();
          await open(page, place, version, name);
          await go({ context, page, version, where });
        });
      }
      assert.deepEqual(traffic.pageErrors, []);
    });
  }
}

test('on another site, where the browser blocks third-party cookies: the login opens nothing, and the client says so', async (t) => {
  const { context, page } = await visitor(t, { thirdPartyCookies: 'blocked' });
  for (const version of [1, 2]) {
    await context.clearCookies();
    await open(page, places['on another site'], version, 'login');
    await inTab(context, page, 'Log in', logInThere);
    await settled(page, 'refused');
    await page.locator('#words h2').waitFor();
  }
});

test('a logout in the client closes what the login opened; version 1.0 also from Presentation 3', async (t) => {
  const { context, page } = await visitor(t);
  for (const [version, presentation] of [
    [1, 2],
    [1, 3],
    [2, 3],
  ]) {
    await open(page, places['on this server'], version, 'login', presentation);
    await patterns.login({ context, page, version, where: 'on this server' });
    await page.getByRole('button', { name: 'Log out of Vitrine' }).click();
    await settled(page, 'asking');
  }
});

test('a manifest of another server gets no token of this one', async (t) => {
  const { context, page } = await visitor(t);
  await page.goto(`${vitrine.url}/auth/iiif-login`);
  await logIn(page, guest);
  await page.getByText('You are logged in').waitFor();
  /** @type {string[]} */
  const tokens = [];
  for (const version of [1, 2]) {
    const access =
      version === 1
        ? {
            profile: 'http://iiif.io/api/auth/1/external',
            service: [{ '@id': `${vitrine.url}/auth/iiif-token`, profile: 'http://iiif.io/api/auth/1/token' }],
          }
        : {
            id: 'http://127.0.0.1:9/probe',
            type: 'AuthProbeService2',
            service: [
              {
                type: 'AuthAccessService2',
                profile: 'external',
                service: [{ id: `${vitrine.url}/auth/iiif/2/token`, type: 'AuthAccessTokenService2' }],
              },
            ],
          };
    const type = version === 1 ? 'ImageService2' : 'ImageService3';
    const image = { id: 'http://127.0.0.1:9/image', type };
    await context.route('http://127.0.0.1:9/**', (route) => {
      const { authorization } = route.request().headers();
      if (authorization) tokens.push(authorization);
      const json = route.request().url().endsWith('/probe')
        ? { status: 401 }
        : route.request().url().endsWith('/info.json')
          ? { ...image, '@id': image.id, width: 10, height: 10, service: [access] }
          : { items: [{ items: [{ items: [{ body: { service: [image] } }] }] }] };
      return route.fulfill({
        json,
        status: 'width' in json && version === 1 ? 401 : 200,
        headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Authorization' },
      });
    });
    const manifest = encodeURIComponent('http://127.0.0.1:9/manifest.json');
    await page.goto(`${vitrine.url}/demo/auth${version}.html?manifest=${manifest}`);
    await settled(page, 'refused');
    assert.match(await steps(page), /is not sent to another one/);
    await context.unroute('http://127.0.0.1:9/**');
  }
  assert.deepEqual(tokens, []);
});

test('the page: every address opens, it can be read, it fits on a telephone, and nothing is asked of others', async (t) => {
  const { page, traffic } = await visitor(t);
  await page.goto(`${vitrine.url}/demo/`);
  await screenshot(page, 'demo');
  const addresses = await page
    .locator('a.address')
    .evaluateAll((all) => all.map((link) => (link instanceof HTMLAnchorElement ? link.href : '')));
  assert.equal(addresses.length, 18);
  for (const address of addresses) assert.equal((await fetch(address)).status, 200, address);
  assert.deepEqual(await faintTexts(page), []);
  await page.setViewportSize({ width: 320, height: 640 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual([...traffic.hosts], ['localhost']);
  assert.deepEqual(traffic.pageErrors, []);
});
