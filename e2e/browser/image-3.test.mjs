// Viewers without a login of their own and Image API 3: descriptions open to all, tiles by the cookie of a login before.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { coloursIn, EMPTY, seesPicture } from '../support/picture.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';
import { nameVersion3Only } from '../support/version3Only.mjs';
import { startViewers, viewersAt } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const manifest = `${vitrine.url}/iiif/3/manifests/maps`;
const INFO = /\/iiif\/3\/images\/[^/]+\/info\.json$/;
const REGION = /\/iiif\/3\/images\/[^/]+\/\d+,\d+,\d+,\d+\/.*\.jpg$/;

/** @import { Page } from 'playwright-core' */

/** @param {Page} page */
async function showInOpenSeadragon(page) {
  const image = `${vitrine.url}/iiif/3/images/maps!island.tif`;
  await page.goto(`${viewers.sameSite}/pages/openseadragon.html?image=${encodeURIComponent(image)}`);
  await page.evaluate((source) => {
    window.show(source);
  }, `${image}/info.json`);
}
/** @param {Page} page */
async function showInTify(page) {
  await nameVersion3Only(page, manifest);
  await page.goto(`${viewers.sameSite}/pages/tify.html?manifest=${encodeURIComponent(manifest)}`);
}
/**
 * Its tiles are asked for by a script without cookies of another origin.
 * @param {Page} page
 */
async function showInClover(page) {
  await nameVersion3Only(page, manifest);
  const site = await viewersAt(page.context(), vitrine.url);
  await page.goto(`${site}/pages/clover.html?manifest=${encodeURIComponent(manifest)}`);
}

for (const { name, show, canvas } of [
  { name: 'OpenSeadragon on the same site', show: showInOpenSeadragon, canvas: '#viewer' },
  { name: 'TIFY on the same site', show: showInTify, canvas: '#viewer' },
  { name: 'Clover on the same origin', show: showInClover, canvas: '.openseadragon-container' },
]) {
  test(`Image 3 in ${name}: a stranger gets no tile; who has logged in sees the picture`, async (t) => {
    const { page, traffic } = await visitor(t);
    await show(page);
    await until('a refused tile', () => traffic.answers(REGION, 401)[0]);
    assert.equal(traffic.answers(REGION, 200).length, 0);
    assert.ok((await coloursIn(page, canvas)) < EMPTY);

    await page.goto(`${vitrine.url}/auth/iiif-login`);
    await logIn(page, vitrine.admin);
    await page.getByText('You are logged in').waitFor();
    const mark = traffic.mark();
    await show(page);
    await until('a tile', () => traffic.answers(REGION, 200, mark)[0]);
    await seesPicture(page, canvas);
    assert.ok(traffic.answers(REGION, 401, mark).length === 0);
    // 304: the browser had it; 0: the page was left before the answer came.
    const answers = traffic.since(0, INFO);
    assert.ok(traffic.answers(INFO, 200).length > 0, String(traffic));
    assert.ok(
      answers.every(({ status, bearer }) => [200, 304, 0].includes(status) && !bearer),
      String(traffic),
    );
    assert.deepEqual(traffic.failures(), []);
  });
}
