// Viewers without a login of their own and Image API 3: descriptions open to all, tiles by the cookie of a login before.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { coloursIn, EMPTY, PICTURE } from '../support/picture.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../support/until.mjs';
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

async function showInOpenSeadragon(page) {
  const image = `${vitrine.url}/iiif/3/images/maps!island.tif`;
  await page.goto(`${viewers.sameSite}/pages/openseadragon.html?image=${encodeURIComponent(image)}`);
  await page.evaluate((source) => window.show(source), `${image}/info.json`);
}
async function showInTify(page) {
  await nameVersion3Only(page, manifest);
  await page.goto(`${viewers.sameSite}/pages/tify.html?manifest=${encodeURIComponent(manifest)}`);
}
/** Its tiles are asked for by a script without cookies of another origin. */
async function showInClover(page) {
  await nameVersion3Only(page, manifest);
  const site = await viewersAt(page.context(), vitrine.url);
  await page.goto(`${site}/pages/clover.html?manifest=${encodeURIComponent(manifest)}`);
}

for (const [name, show, canvas] of [
  ['OpenSeadragon on the same site', showInOpenSeadragon, '#viewer'],
  ['TIFY on the same site', showInTify, '#viewer'],
  ['Clover on the same origin', showInClover, '.openseadragon-container'],
]) {
  test(`Image 3 in ${name}: a stranger gets no tile; who has logged in sees the picture`, async (t) => {
    const { page, traffic } = await visitor(t);
    const tiles = (mark, status) => traffic.since(mark, REGION).filter((one) => one.status === status);

    await show(page);
    await until('a refused tile', () => tiles(0, 401)[0]);
    assert.equal(tiles(0, 200).length, 0);
    assert.ok((await coloursIn(page, canvas)) < EMPTY);

    await page.goto(`${vitrine.url}/auth/iiif-login`);
    await logIn(page, vitrine.admin);
    await page.getByText('You are logged in').waitFor();
    const mark = traffic.mark();
    await show(page);
    await until('a tile', () => tiles(mark, 200)[0]);
    await until(
      'the picture',
      async () => (await page.locator(canvas).count()) && (await coloursIn(page, canvas)) > PICTURE,
    );
    assert.ok(tiles(mark, 401).length === 0);
    assert.ok(traffic.since(0, INFO).every(({ status, bearer }) => status === 200 && !bearer));
    assert.ok(traffic.since(0, /./).every(({ status }) => status < 500));
  });
}
