// Mirador 3 as anybody has it on a web site: its login bar, our form, the picture, and no picture.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { coloursIn, EMPTY, PICTURE } from '../support/picture.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { INFO, TILE, TOKEN } from '../support/traffic.mjs';
import { until } from '../support/until.mjs';
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
  test(`Mirador 3 on ${name}`, { timeout: 90_000 }, async (t) => {
    const { page, traffic } = await visitor(t);
    const viewer = mirador(page);
    const seen = (mark, pattern, wanted) =>
      until(`${wanted} ${pattern}`, () => oneWith(traffic, mark, pattern, wanted));

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
      await until('the picture', async () => (await coloursIn(page, CANVAS)) > PICTURE);
      await screenshot(page, 'viewer');
      const opened = await seen(0, INFO, 200);
      assert.ok(opened.bearer, 'a script opens a description by Bearer only');
      const tiles = traffic.since(0, TILE).filter(({ status }) => status === 200);
      assert.ok(tiles.length >= 2 && tiles.every(({ bearer }) => !bearer), traffic.toString());
      assert.ok(
        traffic.since(0, TOKEN).every(({ status }) => status === 200),
        traffic.toString(),
      );
    });

    await t.test('the next page of the manifest is open too', async () => {
      const mark = traffic.mark();
      await viewer.nextButton.click();
      await seen(mark, /!page10\.jp2\/info\.json$/, 200);
      await seen(mark, /!page10\.jp2\/\d+,\d+,\d+,\d+\/.*\.jpg$/, 200); // no thumbnail has a region
      await until('the picture', async () => (await coloursIn(page, CANVAS)) > PICTURE);
    });

    await t.test('row 37: after logging out in the viewer the picture is gone; old and new tiles are 401', async () => {
      const mark = traffic.mark();
      const before = new Set(traffic.since(0, TILE).map(({ url }) => url));
      const tab = await viewer.logOut();
      await until('the tab of the logout closes itself', () => tab.isClosed());
      await viewer.loginBar.waitFor();
      await seen(mark, INFO, 401);
      await until('no picture', async () => (await coloursIn(page, CANVAS)) < EMPTY);
      await until('an old tile, refused', () => traffic.since(mark, TILE).find(refused((url) => before.has(url))));
      await viewer.zoomIn();
      await until('a new tile, refused', () => traffic.since(mark, TILE).find(refused((url) => !before.has(url))));
      assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
    });

    await t.test('no script failed, no answer was a 5xx, and nothing was asked of another host', () => {
      assert.deepEqual(traffic.pageErrors, []);
      assert.deepEqual(
        traffic.since(0, /./).filter(({ status }) => status >= 500),
        [],
      );
      assert.deepEqual(
        [...traffic.hosts].filter((host) => !['localhost', '127.0.0.1'].includes(host)),
        [],
      );
    });
  });
}

const oneWith = (traffic, mark, pattern, wanted) =>
  traffic.since(mark, pattern).find(({ status }) => status === wanted);
const refused =
  (isOne) =>
  ({ url, status }) =>
    status === 401 && isOne(url);
