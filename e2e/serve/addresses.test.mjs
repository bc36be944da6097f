// Other spellings of addresses: none shows a picture, and none reaches the question itself.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask } from '../../test-support/rawHttp.mjs';
import { island, islandTile } from '../compose/samples.mjs';
import { isJsonError } from '../support/jsonError.mjs';
import { cookieOfLogin } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe();
after(vitrine.stop);
const port = Number(new URL(vitrine.url).port);
const Cookie = await cookieOfLogin(vitrine, vitrine.admin);
const parameters = 'full/200,/0/default.jpg';

for (const path of [
  `/iiif/manifests/..;/..;/Scaler/images/maps!island.tif/${parameters}`,
  `/iiif/manifests/..;/images/maps!island.tif/${parameters}`,
  `/iiif/manifests/../maps/island.tif/${parameters}`,
  `/iiif/manifests/%2e%2e/maps/island.tif/${parameters}`,
  '/digilib/Manifester/..;/Scaler?fn=maps/island.tif',
  '/iiif/manifests/..;/..;/server/dlConfig.jsp',
  `/iiif//images/maps!island.tif/${parameters}`,
  `//iiif/images/maps!island.tif/${parameters}`,
  `/./iiif/images/maps!island.tif/${parameters}`,
  `/iiif/images/../images/maps!island.tif/${parameters}`,
  `/iiif/images/%2e%2e/images/maps!island.tif/${parameters}`,
  `/iiif/images//maps!island.tif/${parameters}`,
  `/iiif/images/maps!island.tif//${parameters}`,
  `/IIIF/images/maps!island.tif/${parameters}`,
  `/iiif/Images/maps!island.tif/${parameters}`,
  `/iiif/images;a=b/maps!island.tif/${parameters}`,
  `/iiif/images/maps!island.tif;a=b/${parameters}`,
  `/iiif/images/maps!island.tif%3Ba=b/${parameters}`,
  `/iiif/images/maps%252Fisland.tif/${parameters}`,
  `/iiif/images/maps%2521island.tif/${parameters}`,
  `/iiif/images/%256daps!island.tif/${parameters}`,
  `/iiif/images/maps!..!maps!island.tif/${parameters}`,
  `/iiif/images/maps%2f..%2fmaps%2fisland.tif/${parameters}`,
  `/iiif/images/.!maps!island.tif/${parameters}`,
  `/iiif/images/!maps!island.tif/${parameters}`,
  `/iiif/images/maps!!island.tif/${parameters}`,
  `/iiif/images/maps!island.tif!/${parameters}`,
  `/iiif/images/maps!island.tif.jpg/${parameters}`,
  `/iiif/images/maps!ISLAND.tif/${parameters}`,
  `/iiif/images/maps%5Cisland.tif/${parameters}`,
  `/iiif/images/maps\\island.tif/${parameters}`,
  `/iiif/images/maps!island.tif%00/${parameters}`,
  `/iiif/images/maps!island.tif%0d%0aX-Image-Path:%20x/${parameters}`,
  `/iiif/images/maps%C0%AFisland.tif/${parameters}`,
  `/iiif/images/maps!island.tif%ZZ/${parameters}`,
  `/iiif/images/Fotos+K%C3%B6ln!page2.tif/${parameters}`,
  `/iiif/images/!etc!passwd/${parameters}`,
  `/iiif/images/..%2f..%2f..%2fetc%2fpasswd/${parameters}`,
  `${island}/${parameters}&FIF=maps/sky.jp2&CVT=jpeg`,
  `${island}/${parameters}%26FIF=maps/sky.jp2`,
  `${island}/${parameters}&IIIF=maps/sky.jp2/${parameters}`,
  `${island}/${parameters}%3FIIIF=maps/sky.jp2/${parameters}`,
  `${island}/${parameters}/`,
  `${island}/${parameters}/../../../../../sky.jp2/${parameters}`,
  `${island}/full/200,/0/default.jpg%00.png`,
  `${island}/info.json&FIF=maps/sky.jp2`,
  `${island}/info.json/x`,
  `/maps/island.tif/${parameters}`,
  `/iiif/maps/island.tif/${parameters}`,
  `/fcgi-bin/iipsrv.fcgi?IIIF=maps/island.tif/${parameters}`,
  '/fcgi-bin/iipsrv.fcgi?FIF=maps/island.tif&CVT=jpeg',
]) {
  test(`no picture at ${path}, with and without login`, async () => {
    isJsonError(await ask(port, path, { headers: { Cookie } }), 400, 404);
    isJsonError(await ask(port, path), 400, 401, 404);
  });
}

for (const query of [
  '?IIIF=maps/sky.jp2/full/full/0/default.jpg',
  '?FIF=maps/sky.jp2&CVT=jpeg',
  '?fn=x',
  '?../../x',
  '?',
]) {
  test(`${query} changes neither the picture nor the decision`, async () => {
    const plain = await ask(port, islandTile, { headers: { Cookie } });
    const { status, body } = await ask(port, islandTile + query, { headers: { Cookie } });
    assert.equal(status, 200);
    assert.deepEqual(body, plain.body);
    isJsonError(await ask(port, islandTile + query), 401);
  });
}

for (const path of [
  '/auth/query_auth',
  '/auth/query_auth/',
  '/auth/query_auth?x=y',
  '/auth/Query_Auth',
  '/auth/QUERY_AUTH',
  '/auth/%71uery_auth',
  '/auth/query%5Fauth',
  '/auth/%2571uery_auth',
  '/auth//query_auth',
  '/auth/./query_auth',
  '/auth/x/../query_auth',
  '/auth/%2e/query_auth',
  '/auth%2Fquery_auth',
  '/auth/query_auth;x',
  '/auth/query_auth%00',
  '/auth/query_auth%20',
  '/auth/query_auth.',
  '/auth/admin/../query_auth',
  '/auth/admin/..%2fquery_auth',
  '/.decide',
]) {
  test(`the question itself is not for clients: ${path}`, async () => {
    const headers = { Cookie, 'X-Original-URI': islandTile, 'X-Original-Method': 'GET' };
    const { status, headers: answered } = await ask(port, path, { headers });
    assert.ok([400, 404].includes(status ?? 0), String(status));
    assert.equal(answered['x-image-path'], undefined);
  });
}

test('the image server has survived all this', async () => {
  assert.equal((await ask(port, `${island}/full/201,/0/default.jpg`, { headers: { Cookie } })).status, 200);
  assert.ok(!/signalled|ERROR|FATAL/.test(vitrine.log), vitrine.log);
});
