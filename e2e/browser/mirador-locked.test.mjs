// Mirador 3 where the login does not come through: the reader closes the tab, or the browser keeps cookies back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { startServe } from '../support/serve.mjs';
import { TILE, TOKEN } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { keepMessages, logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const manifest = `${vitrine.url}/iiif/manifests/maps`;
const tile = `${vitrine.url}/iiif/images/maps!island.tif/1024,1024,512,512/512,512/0/default.jpg`;

test('a login tab that is closed without a login: Mirador asks for tokens without end, which harms nobody', async (t) => {
  const { page, traffic } = await visitor(t);
  const viewer = mirador(page);
  await viewer.open(viewers.otherSite, manifest);
  await viewer.loginBar.waitFor();
  await (await viewer.openLogin()).close();
  await until('many requests for a token', () => traffic.since(0, TOKEN).length >= 15);
  assert.ok(traffic.since(0, TOKEN).every(({ status }) => status === 200 || status === 0));

  // Others are answered in between, not behind all of that.
  const mark = traffic.mark();
  assert.equal((await fetch(`${vitrine.url}/auth/health`)).status, 200);
  assert.equal((await fetch(tile)).status, 401);
  assert.ok(traffic.since(mark, TOKEN).length < 15, traffic.toString());

  // None of them counts as an attempt to log in.
  const tab = await viewer.openLogin();
  const closed = tab.waitForEvent('close');
  await logIn(tab, vitrine.admin);
  await closed;
  await seesPicture(page, CANVAS);
  assert.deepEqual(traffic.pageErrors, []);
});

test('third-party cookies blocked: the viewer stays locked, is told missingCredentials, and nothing breaks', async (t) => {
  const { page, traffic } = await visitor(t, { thirdPartyCookies: 'blocked' });
  const viewer = mirador(page);
  const messages = await keepMessages(page);
  await viewer.open(viewers.otherSite, manifest);
  await viewer.loginBar.waitFor();
  const tab = await viewer.openLogin();
  const closed = tab.waitForEvent('close');
  await logIn(tab, vitrine.admin);
  await closed;
  const { data, origin } = await until('the message of the token service', async () => (await messages())[0]);
  assert.equal(data.error, 'missingCredentials');
  assert.equal(data.accessToken, undefined);
  assert.equal(origin, vitrine.url);

  await viewer.loginBar.waitFor();
  assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
  const tiles = traffic.since(0, TILE);
  assert.ok(tiles.length > 0 && tiles.every(({ status }) => status === 401));
  assert.deepEqual(traffic.pageErrors, []);
  assert.deepEqual(traffic.failures(), []);
});

test('third-party cookies blocked: a viewer on the same site works all the same', async (t) => {
  const { page } = await visitor(t, { thirdPartyCookies: 'blocked' });
  const viewer = mirador(page);
  await viewer.open(viewers.sameSite, manifest);
  await viewer.loginBar.waitFor();
  await logIn(await viewer.openLogin(), vitrine.admin);
  await seesPicture(page, CANVAS);
});
