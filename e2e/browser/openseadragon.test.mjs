// OpenSeadragon knows nothing of logins; a small client of ours does that part, as a web developer would write it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { startServe } from '../support/serve.mjs';
import { TILE } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const image = `${vitrine.url}/iiif/images/Fotos%20K%C3%B6ln!page2.tif`;
const CANVAS = '#viewer';

test(
  'OpenSeadragon on the same site, with a small client of IIIF Authentication 1.0',
  { timeout: 180_000 },
  async (t) => {
    const { context, page, traffic } = await visitor(t);
    const happened = (/** @type {string} */ wanted) =>
      until(wanted, () => page.evaluate((name) => window.happened.find(({ event }) => event === name), wanted));
    const show = (/** @type {unknown} */ source) =>
      page.evaluate((tileSource) => {
        window.show(tileSource);
      }, source);
    /** @param {string} [token] */
    const describe = (token) => page.evaluate((bearer) => window.client.describe(bearer), token);
    /** @type {unknown} */
    let info;
    let mark = 0;

    await page.goto(`${viewers.sameSite}/pages/openseadragon.html?image=${encodeURIComponent(image)}`);

    await t.test('a stranger who opens info.json in it: open-failed, HTTP 401', async () => {
      await show(`${image}/info.json`);
      assert.match((await happened('open-failed')).message, /401/);
    });

    await t.test('row 37: a stranger who takes the description from the 401: every tile is refused', async () => {
      const answer = await describe();
      assert.equal(answer.status, 401);
      await show(answer.info);
      await happened('tile-load-failed');
      assert.ok(traffic.answers(TILE, 401).length > 0);
      assert.equal(traffic.answers(TILE, 200).length, 0);
      assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
    });

    await t.test('the login opens in a tab, which closes itself, and the token opens the description', async () => {
      const opened = context.waitForEvent('page');
      await page.locator('#login').click();
      const tab = await opened;
      await tab.getByLabel('Password').waitFor();
      await logIn(tab, vitrine.admin);
      await until('the page sees that the tab is closed', () => page.evaluate(() => window.loginTab.closed));
      const { data } = await page.evaluate(() => window.client.token());
      const answer = await describe(data.accessToken);
      assert.equal(answer.status, 200);
      assert.equal(answer.info['@id'], image);
      info = answer.info;
    });

    await t.test('row 36: the picture is there, its tiles opened by the cookie', async () => {
      mark = traffic.mark();
      await show(info);
      await happened('tile-loaded');
      await seesPicture(page, CANVAS);
      assert.ok(traffic.answers(TILE, 200, mark).length > 0);
      assert.ok(traffic.since(mark, TILE).every(({ bearer }) => !bearer));
    });

    await t.test('without a token a script is refused the description in spite of the cookie', async () => {
      assert.equal((await describe()).status, 401);
    });

    await t.test('after logging out the same tiles are refused, though the browser has kept them', async () => {
      await page.locator('#logout').click();
      await until('the tab of the logout closes itself', () => page.evaluate(() => window.logoutTab.closed));
      mark = traffic.mark();
      await show(info);
      await happened('tile-load-failed');
      assert.ok(traffic.answers(TILE, 401, mark).length > 0);
      assert.equal(traffic.answers(TILE, 200, mark).length + traffic.answers(TILE, 304, mark).length, 0);
      assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
    });

    await t.test('nothing was asked of another host, and no script failed', () => {
      assert.deepEqual([...traffic.hosts], ['localhost']);
      assert.deepEqual(traffic.pageErrors, []);
    });
  },
);
