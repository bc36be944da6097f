// The access token service as a page of another site meets it: in a hidden frame (Authentication API 1.0, section 2.2.4).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServe } from '../support/serve.mjs';
import { until } from '../support/until.mjs';
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
/** What the Universal Viewer waits for a token. */
const LIMIT = 5000;

async function openClient(page) {
  await page.goto(client);
  const { status } = await page.evaluate(() => window.client.describe());
  assert.equal(status, 401);
}
const askForToken = (page) => page.evaluate(() => window.client.token());

async function logInBeforehand(page) {
  await page.goto(`${vitrine.url}/auth/iiif-login`);
  await logIn(page, vitrine.admin);
  await page.getByText('You are logged in').waitFor();
}

test('row 33: a page of another site gets the token within 5 s, from the origin of the token service', async (t) => {
  const { page, traffic } = await visitor(t);
  await logInBeforehand(page);
  await openClient(page);
  const { data, origin, milliseconds } = await askForToken(page);
  assert.equal(origin, new URL(vitrine.url).origin);
  assert.ok(milliseconds < LIMIT, `${milliseconds} ms`);
  assert.equal(typeof data.accessToken, 'string');
  assert.ok(data.expiresIn > 0);
  const { status, info } = await page.evaluate((token) => window.client.describe(token), data.accessToken);
  assert.equal(status, 200);
  assert.equal(info['@id'], image);
  assert.deepEqual(traffic.pageErrors, []);
});

test('row 35: the token that a page of another site gets does not open an image', async (t) => {
  const { page } = await visitor(t);
  await logInBeforehand(page);
  await openClient(page);
  const { data } = await askForToken(page);
  const headers = { Authorization: `Bearer ${data.accessToken}` };
  assert.equal((await fetch(`${image}/full/200,/0/default.jpg`, { headers })).status, 401);
});

for (const [cookies, loggedIn] of [
  ['allowed', false],
  ['blocked', true],
]) {
  const title = loggedIn ? 'somebody logged in whose browser blocks third-party cookies' : 'a stranger';
  test(`row 26: ${title} gets missingCredentials within 5 s, in a page with status 200`, async (t) => {
    const { page, traffic } = await visitor(t, { thirdPartyCookies: cookies });
    if (loggedIn) await logInBeforehand(page);
    await openClient(page);
    const { data, origin, milliseconds } = await askForToken(page);
    assert.equal(data.error, 'missingCredentials');
    assert.equal(typeof data.description, 'string');
    assert.equal(origin, vitrine.url);
    assert.ok(milliseconds < LIMIT, `${milliseconds} ms`);
    const [frame] = await until('the answer', () =>
      [traffic.since(0, /\/auth\/iiif-token\?/)].find((all) => all.length),
    );
    assert.equal(frame.status, 200);
    assert.deepEqual(traffic.pageErrors, []);
  });
}
