// The access token service as a page of another site meets it: in a hidden frame (Authentication API 1.0, section 2.2.4).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServe } from '../support/serve.mjs';
import { TOKEN } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const image = `${vitrine.url}/iiif/images/maps!island.tif`;
const client = `${viewers.otherSite}/pages/openseadragon.html?image=${encodeURIComponent(image)}`;

/** @import { BrowserContext, Page } from 'playwright-core' */

/** @param {Page} page */
async function openClient(page) {
  await page.goto(client);
  const { status } = await page.evaluate(() => window.client.describe());
  assert.equal(status, 401);
}

/**
 * The Universal Viewer waits for 5 s. Here no time passes for any script: what comes, waits for nothing but answers.
 * @param {BrowserContext} context
 * @param {Page} page
 */
async function askForToken(context, page) {
  await context.clock.pauseAt(Date.now() + 60_000);
  await page.evaluate(() => {
    void window.client.token().then((message) => (window.token = message));
  });
  return until('the message of the frame', () => page.evaluate(() => window.token));
}

/** @param {Page} page */
async function logInBeforehand(page) {
  await page.goto(`${vitrine.url}/auth/iiif-login`);
  await logIn(page, vitrine.admin);
  await page.getByText('You are logged in').waitFor();
}

test('row 33: a page of another site gets the token, without waiting, from the origin of the token service', async (t) => {
  const { context, page, traffic } = await visitor(t);
  await context.clock.install();
  await logInBeforehand(page);
  await openClient(page);
  const { data, origin } = await askForToken(context, page);
  assert.equal(origin, new URL(vitrine.url).origin);
  assert.equal(typeof data.accessToken, 'string');
  assert.ok(data.expiresIn && data.expiresIn > 0);
  const { status, info } = await page.evaluate((token) => window.client.describe(token), data.accessToken);
  assert.equal(status, 200);
  assert.equal(info['@id'], image);
  assert.deepEqual(traffic.pageErrors, []);
});

test('row 35: the token that a page of another site gets does not open an image', async (t) => {
  const { context, page } = await visitor(t);
  await context.clock.install();
  await logInBeforehand(page);
  await openClient(page);
  const { data } = await askForToken(context, page);
  const headers = { Authorization: `Bearer ${data.accessToken ?? ''}` };
  assert.equal((await fetch(`${image}/full/200,/0/default.jpg`, { headers })).status, 401);
});

for (const { cookies, loggedIn } of /** @type {const} */ ([
  { cookies: 'allowed', loggedIn: false },
  { cookies: 'blocked', loggedIn: true },
])) {
  const title = loggedIn ? 'somebody logged in whose browser blocks third-party cookies' : 'a stranger';
  test(`row 26: ${title} gets missingCredentials, without waiting, in a page with status 200`, async (t) => {
    const { context, page, traffic } = await visitor(t, { thirdPartyCookies: cookies });
    await context.clock.install();
    if (loggedIn) await logInBeforehand(page);
    await openClient(page);
    const { data, origin } = await askForToken(context, page);
    assert.equal(data.error, 'missingCredentials');
    assert.equal(typeof data.description, 'string');
    assert.equal(origin, vitrine.url);
    const frame = await until('the answer', () => traffic.since(0, TOKEN).at(0));
    assert.equal(frame.status, 200);
    assert.deepEqual(traffic.pageErrors, []);
  });
}
