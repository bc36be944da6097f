// A tier that is one picture says level 0: one size, no tiles. OpenSeadragon shows it as it is, and asks for nothing else.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { coloursIn, EMPTY } from '../support/picture.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';
import { startViewers } from '../support/viewers.mjs';
import { visitor } from '../support/visitor.mjs';

/** Less than the smallest level of the sample. */
const TIER = 200;
const PICTURE = /default\.jpg$/;
const vitrine = await startServe({ access: { maps: [{ who: 'users' }, { who: 'everyone', sees: TIER }] } });
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

for (const version of ['', '3/']) {
  test(`Image API ${version === '' ? 2 : 3}`, { timeout: 180_000 }, async (t) => {
    const { page, traffic } = await visitor(t);
    const image = `${vitrine.url}/iiif/${version}images/maps!island.tif!!${TIER}`;
    await page.goto(`${viewers.sameSite}/pages/openseadragon.html?image=${encodeURIComponent(image)}`);
    await page.evaluate((source) => {
      window.show(source);
    }, `${image}/info.json`);
    await until('the picture', async () => (await coloursIn(page, '#viewer')) > EMPTY);
    await until('its answer', () => traffic.since(0, PICTURE).length > 0);
    const refused = traffic.since(0, PICTURE).filter(({ status }) => status !== 200);
    assert.deepEqual(refused, []);
    assert.deepEqual(traffic.pageErrors, []);
  });
}
