// What the Image API says of HTTP at level 1 (2.1 and 3.0, sections 2, 3 and 5 to 7), as any client would ask it.
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe();
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const nobody = new Client(vitrine.url);
const { accessToken } = JSON.parse((await visitor.ask('/auth/iiif-token')).text);
const elsewhere = { Origin: 'https://viewer.example' };
const withToken = { ...elsewhere, Authorization: `Bearer ${accessToken}` };

/**
 * No answer may be read in two ways: one origin header, and no cookies across sites.
 * @param {import('../../test-support/client.mjs').Answer} answer
 */
function assertCors({ headers }) {
  assert.equal(headers['access-control-allow-origin'], '*');
  assert.equal(headers['access-control-allow-credentials'], undefined);
}

for (const { version, base } of [
  { version: 2, base: '/iiif/images/maps!island.tif' },
  { version: 3, base: '/iiif/3/images/maps!island.tif' },
]) {
  const info = `${base}/info.json`;
  const picture = `${base}/full/200,/0/default.jpg`;
  const linkedData = `application/ld+json;profile="http://iiif.io/api/image/${version}/context.json"`;

  suite(`Image API ${version}`, () => {
    test('the base address leads to the description, whoever asks', async () => {
      for (const client of [visitor, nobody]) {
        for (const method of ['GET', 'HEAD']) {
          const answer = await client.ask(base, { method, headers: elsewhere });
          assert.equal(answer.status, 303);
          assert.equal(answer.headers.location, vitrine.url + info);
          assertCors(answer);
        }
      }
    });

    test('the description is JSON, or JSON-LD with its context as profile', async () => {
      for (const [accept, type] of [
        ['application/ld+json', linkedData],
        [linkedData, linkedData],
        ['application/json', 'application/json; charset=utf-8'],
        ['*/*', 'application/json; charset=utf-8'],
      ]) {
        const answer = await visitor.ask(info, { headers: { Accept: accept } });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers['content-type'], type, accept);
        assertCors(answer);
        const { '@id': id2, id = id2 } = JSON.parse(answer.text);
        assert.equal(id, vitrine.url + base);
      }
      const unasked = (await visitor.ask(info)).headers['content-type'];
      assert.equal(unasked, version === 3 ? linkedData : 'application/json; charset=utf-8');
    });

    test('any page may read descriptions, pictures and refusals', async () => {
      for (const { path, headers, status } of [
        { path: info, headers: withToken, status: 200 },
        { path: info, headers: elsewhere, status: version === 3 ? 200 : 401 },
        { path: picture, headers: withToken, status: 200 },
        { path: picture, headers: elsewhere, status: 401 },
        { path: `${base}/full/nothing/0/default.jpg`, headers: withToken, status: 400 },
        { path: `${base}x/info.json`, headers: withToken, status: 404 },
        { path: `${base}x/full/200,/0/default.jpg`, headers: withToken, status: 404 },
      ]) {
        for (const method of ['GET', 'HEAD']) {
          const answer = await nobody.ask(path, { method, headers });
          assert.equal(answer.status, status, `${method} ${path}`);
          assertCors(answer);
        }
      }
    });

    test('a browser may ask first whether it may send a token', async () => {
      const asking = { 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' };
      for (const path of [info, picture]) {
        const answer = await nobody.ask(path, { method: 'OPTIONS', headers: { ...elsewhere, ...asking } });
        assert.equal(answer.status, 204);
        assert.match(answer.headers['access-control-allow-headers'] ?? '', /\bauthorization\b/i);
        assert.match(answer.headers['access-control-allow-methods'] ?? '', /\bGET\b/);
        assertCors(answer);
      }
    });

    test('escaped and plain characters of an identifier mean the same', async () => {
      for (const identifier of ['maps%21island.tif', 'maps%2Fisland.tif', 'maps%2fisland%2Etif', 'maps!island']) {
        const address = picture.replace('maps!island.tif', identifier);
        assert.equal((await visitor.ask(address)).status, 200, identifier);
      }
    });

    test('the Link headers that are claimed: canonical and profile', async () => {
      const answer = await visitor.ask(info);
      assert.match(answer.text, /"canonicalLinkHeader","profileLinkHeader"/);
      const profile = `<http://iiif.io/api/image/${version}/level1.json>;rel="profile"`;
      assert.ok(answer.headers.link?.includes(profile));
      const size = version === 2 ? '200,' : '200,150';
      const canonical = `<${vitrine.url}${base}/full/${size}/0/default.jpg>;rel="canonical"`;
      const first = await visitor.ask(picture);
      assert.equal(first.headers.link, `${canonical},${profile}`);
      const again = await visitor.ask(picture, { headers: { 'If-None-Match': first.headers.etag } });
      assert.deepEqual([again.status, again.headers.link], [304, first.headers.link]);
    });
  });
}
