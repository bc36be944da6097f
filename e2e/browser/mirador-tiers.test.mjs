// Mirador 3 where a stranger sees something already: a smaller image, or the manifest of version 3.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { startPatterns, TIER } from '../support/patterns.mjs';
import { coloursIn, edgesIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { INFO, TILE } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startPatterns();
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const SMALL = new RegExp(`!!${TIER}/`);

for (const [name, site] of Object.entries({ 'the same site': viewers.sameSite, 'another site': viewers.otherSite })) {
  test(`row 106: tiers in Mirador 3 on ${name}`, { timeout: 180_000 }, async (t) => {
    const { page, traffic } = await visitor(t);
    const viewer = mirador(page);
    /** @type {(mark: number, small: boolean) => import('../support/traffic.mjs').Exchange[]} */
    const tiles = (mark, small) => traffic.since(mark, TILE).filter(({ url }) => SMALL.test(url) === small);
    let blurred = 0;

    await t.test('a stranger sees the smaller image and the login bar', async () => {
      await viewer.open(site, `${vitrine.url}/iiif/manifests/tiered`);
      await viewer.loginBar.waitFor();
      await until('the small picture', async () => (await coloursIn(page, CANVAS)) > EMPTY);
      assert.ok(
        tiles(0, true).some(({ status }) => status === 200),
        traffic.toString(),
      );
      assert.ok(
        tiles(0, false).every(({ status }) => status !== 200),
        traffic.toString(),
      );
      blurred = await edgesIn(page, CANVAS);
      await screenshot(page, 'tier');
    });

    await t.test('after the login the full image is in its place', async () => {
      const mark = traffic.mark();
      await logIn(await viewer.openLogin(), vitrine.admin);
      await viewer.logoutButton.waitFor();
      await until('a tile of the full image', () => tiles(mark, false).find(({ status }) => status === 200));
      await until('a sharp picture', async () => (await edgesIn(page, CANVAS)) > 2 * blurred);
      assert.ok(
        traffic.since(mark, INFO).some(({ status, bearer, url }) => status === 200 && bearer && !SMALL.test(url)),
      );
    });

    await t.test('after the logout the smaller one is back', async () => {
      const mark = traffic.mark();
      await viewer.logOut();
      await viewer.loginBar.waitFor();
      await until('the small description', () => traffic.since(mark, INFO).find(({ url }) => SMALL.test(url)));
      await until('a blurred picture', async () => (await edgesIn(page, CANVAS)) < 1.5 * blurred);
      assert.deepEqual(traffic.pageErrors, []);
      assert.deepEqual(traffic.failures(), []);
    });
  });
}

test('login in Mirador 3 from a manifest of the Presentation API 3', async (t) => {
  const { page, traffic } = await visitor(t);
  const viewer = mirador(page);
  await viewer.open(viewers.sameSite, `${vitrine.url}/iiif/3/manifests/login`);
  await viewer.loginBar.waitFor();
  assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
  await logIn(await viewer.openLogin(), vitrine.admin);
  await seesPicture(page, CANVAS);
  assert.deepEqual(traffic.pageErrors, []);
});
