// Mirador 3 and the patterns that need no account, or show a smaller image without one.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { startPatterns } from '../support/patterns.mjs';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { INFO, TILE, TOKEN } from '../support/traffic.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { visitor } from '../support/visitor.mjs';

const viewers = await startViewers();
const vitrine = await startPatterns({ AUTH_TRUSTED_ORIGINS: viewers.sameSite });
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

/** @import { Traffic } from '../support/traffic.mjs' */

const TERMS = 'Terms of use of Vitrine';
const manifest = (/** @type {string} */ folder) => `${vitrine.url}/iiif/manifests/${folder}`;

/** @param {Traffic} traffic */
function assertNoHarm(traffic) {
  assert.deepEqual(traffic.pageErrors, []);
  assert.deepEqual(traffic.failures(), []);
}

/**
 * Descriptions are opened by the token, tiles by the cookie.
 * @param {Traffic} traffic
 */
function assertOpened(traffic) {
  const [info] = traffic.answers(INFO, 200);
  assert.ok(info.bearer, traffic.toString());
  const tiles = traffic.answers(TILE, 200);
  assert.ok(tiles.length > 0 && tiles.every(({ bearer }) => !bearer), traffic.toString());
}

for (const [name, site] of Object.entries({ 'the same site': viewers.sameSite, 'another site': viewers.otherSite })) {
  test(`row 106: click-through in Mirador 3 on ${name}: terms, a tab that closes itself, the picture`, async (t) => {
    const { page, traffic } = await visitor(t);
    const viewer = mirador(page);
    await viewer.open(site, manifest('terms'));
    await viewer.bar(TERMS).waitFor();
    await until('a refused tile', () => traffic.answers(TILE, 401)[0]);
    assert.ok((await coloursIn(page, CANVAS)) < EMPTY);

    const tab = await viewer.accept(TERMS, 'I agree');
    await until('the tab closes itself', () => tab.isClosed());
    await seesPicture(page, CANVAS);
    assertOpened(traffic);
    assertNoHarm(traffic);
  });
}

test('kiosk in Mirador 3: the picture comes without a hand at the reading room', async (t) => {
  const { context, page, traffic } = await visitor(t);
  const opened = context.waitForEvent('page');
  await mirador(page).open(viewers.sameSite, manifest('kiosk'));
  const tab = await opened;
  await until('the tab closes itself', () => tab.isClosed());
  await seesPicture(page, CANVAS);
  assertOpened(traffic);
  assertNoHarm(traffic);
});

test('external in Mirador 3, in the network: the picture is there at once', async (t) => {
  const { context, page, traffic } = await visitor(t);
  await mirador(page).open(viewers.sameSite, manifest('network'));
  await seesPicture(page, CANVAS);
  assert.equal(context.pages().length, 1);
  assertNoHarm(traffic);
});

test('external in Mirador 3, elsewhere: it never asks for the token, so no picture, no tab, and no harm', async (t) => {
  const { context, page, traffic } = await visitor(t);
  await mirador(page).open(viewers.sameSite, manifest('other-network'));
  await until('a refused description', () => traffic.answers(INFO, 401)[0]);
  await until('a refused tile', () => traffic.answers(TILE, 401)[0]);
  assert.ok((await coloursIn(page, CANVAS)) < EMPTY);
  assert.equal(traffic.since(0, TOKEN).length, 0);
  assert.equal(context.pages().length, 1);
  assertNoHarm(traffic);
});
