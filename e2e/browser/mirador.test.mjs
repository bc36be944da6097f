// Mirador 3 as anybody has it on a web site: its login bar, our form, the picture, and no picture.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { INFO, TILE, TOKEN } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const manifest = `${vitrine.url}/iiif/manifests/Fotos%20K%C3%B6ln`;
const sites = { 'another site': viewers.otherSite, 'the same site': viewers.sameSite };

for (const [name, site] of Object.entries(sites)) {
  test(`Mirador 3 on ${name}`, { timeout: 180_000 }, async (t) => {
    const { page, traffic } = await visitor(t);
    const viewer = mirador(page);
    const seen = (/** @type {number} */ mark, /** @type {RegExp} */ address, /** @type {number} */ status) =>
      until(`${status} ${String(address)}`, () => traffic.answers(address, status, mark).at(0));
    /** @type {(mark: number, isOne: (url: string) => boolean) => Promise<unknown>} */
    const refused = (mark, isOne) =>
      until('a tile, refused', () => traffic.answers(TILE, 401, mark).find(({ url }) => isOne(url)));

    await t.test('a stranger gets the login bar and no picture; description and tiles are 401', async () => {
      await viewer.open(site, manifest);
      await viewer.loginBar.waitFor();
      await seen(0, INFO, 401);
      await seen(0, TILE, 401);
      assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
    });

    await t.test('row 13: the login bar opens our form in a tab, which closes itself after the login', async () => {
      const tab = await viewer.openLogin();
      const closed = tab.waitForEvent('close');
      await logIn(tab, vitrine.admin);
      await closed;
    });

    await t.test('row 36: then the picture is there: the description by the token, tiles by the cookie', async () => {
      await viewer.logoutButton.waitFor();
      await seesPicture(page, CANVAS);
      await screenshot(page, 'viewer');
      const opened = await seen(0, INFO, 200);
      assert.ok(opened.bearer, 'a script opens a description by Bearer only');
      const tiles = traffic.since(0, TILE).filter(({ status }) => status === 200);
      assert.ok(tiles.length >= 2 && tiles.every(({ bearer }) => !bearer), traffic.toString());
      assert.ok(
        traffic.answers(TOKEN, 200).length > 0 &&
          traffic.since(0, TOKEN).every(({ status }) => status === 200 || status === 0),
        traffic.toString(),
      );
    });

    await t.test('the next page of the manifest is open too', async () => {
      const mark = traffic.mark();
      await viewer.nextButton.click();
      await seen(mark, /!page10\.jp2\/info\.json$/, 200);
      await seen(mark, /!page10\.jp2\/\d+,\d+,\d+,\d+\/.*\.jpg$/, 200); // no thumbnail has a region
      await seesPicture(page, CANVAS);
    });

    await t.test('row 37: after logging out in the viewer the picture is gone; old and new tiles are 401', async () => {
      const mark = traffic.mark();
      const before = new Set(traffic.since(0, TILE).map(({ url }) => url));
      const tab = await viewer.logOut();
      await until('the tab of the logout closes itself', () => tab.isClosed());
      await viewer.loginBar.waitFor();
      await seen(mark, INFO, 401);
      await until('no picture', async () => (await coloursIn(page, CANVAS)) < EMPTY);
      await refused(mark, (url) => before.has(url));
      await viewer.zoomIn();
      await refused(mark, (url) => !before.has(url));
      assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
    });

    await t.test('no script failed, no answer was a 5xx, and nothing was asked of another host', () => {
      assert.deepEqual(traffic.pageErrors, []);
      assert.deepEqual(traffic.failures(), []);
      assert.deepEqual(
        [...traffic.hosts].filter((host) => !['localhost', '127.0.0.1'].includes(host)),
        [],
      );
    });
  });
}
