// Firefox and WebKit (Safari's engine), as Debian has them: the login, the self-test, our clients, Mirador 3; on plain
// http of localhost and on https with host names. What they cannot do stands in docs/browsers.md.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startEngine } from '../support/engines/engine.mjs';
import { placeOnHttps, placeOnLocalhost } from '../support/engines/places.mjs';
import { logIn, logInByClient, miradorIn, selfTest } from '../support/engines/reader.mjs';
import { EMPTY, PICTURE } from '../support/picture.mjs';
import { until } from '../../test-support/until.mjs';

/** The cookies that the start page is sent after a login. */
const ON_HTTPS = ['__Host-vitrine_access', '__Host-vitrine_account', '__Host-vitrine_device'];
const ENGINES = /** @type {const} */ ([
  {
    name: 'Firefox',
    onLocalhost: ['vitrine_access', 'vitrine_access_lax'],
    // It lets that site have our cookies which opened the tab where somebody has logged in.
    onAnotherSite: { http: 'shown', https: 'shown' },
    ofOtherSites: /blocks third-party cookies/,
  },
  {
    name: 'WebKit',
    onLocalhost: ['vitrine_access_lax'], // it keeps no Secure one from plain http
    onAnotherSite: { http: 'refused', https: 'shown' },
    ofOtherSites: /goes by the site in the address bar/,
  },
]);

const places = await Promise.all([placeOnLocalhost(), placeOnHttps()]);
after(() => Promise.all(places.map((place) => place.stop())));
const hosts = places.flatMap((place) => place.hosts);

for (const { name, onLocalhost, onAnotherSite, ofOtherSites } of ENGINES) {
  describe(name, () => {
    /** @type {import('../support/engines/browser.mjs').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof startEngine>> | undefined} */
    let engine;
    before(async () => {
      engine = await startEngine(name, hosts);
      browser = engine.browser;
    });
    after(() => engine?.stop());

    for (const place of places) {
      const isHttps = place.url.startsWith('https:');
      const where = isHttps ? 'https with host names' : 'http://localhost';

      test(`${where}, row 13: the login on its own page, the cookies that are kept, the panel, the logout`, async () => {
        await logIn(browser, place);
        await browser.go(`${place.url}/`);
        await browser.sees(place.admin.email);
        const names = (await browser.cookies()).map((cookie) => cookie.name);
        assert.deepEqual(names.sort(), isHttps ? ON_HTTPS : onLocalhost);
        const panel = await browser.read(() => fetch('/auth/admin/').then(({ status, url }) => ({ status, url })));
        assert.deepEqual(panel, { status: 200, url: `${place.url}/auth/admin/` });
        await browser.press('Log out');
        await browser.sees('You are logged out');
        const left = (await browser.cookies()).map((cookie) => cookie.name);
        assert.deepEqual(left, isHttps ? ['__Host-vitrine_device'] : [], 'a device is known for longer');
      });

      test(`${where}: the self-test: everything works, and what the browser forbids is no failure`, async () => {
        const { verdict, ...steps } = await selfTest(browser, place);
        const others = Object.entries(steps).filter(([, { state }]) => state !== 'ok');
        assert.deepEqual(others.map(([id]) => id).sort(), ['framed', 'shown'], JSON.stringify(others));
        for (const [, { state, text }] of others) {
          assert.equal(state, 'warn');
          assert.match(text, ofOtherSites);
        }
        assert.equal(verdict.state, 'warn');
        assert.equal(verdict.text, 'The server works: 15 of 17 steps. What this browser does not allow: 2.');
      });

      for (const version of /** @type {const} */ ([1, 2])) {
        for (const { site, wanted } of /** @type {const} */ ([
          { site: 'sameSite', wanted: 'shown' },
          { site: 'otherSite', wanted: onAnotherSite[isHttps ? 'https' : 'http'] },
        ])) {
          test(`${where}: our client of version ${version}, ${site}: ${wanted}`, async () => {
            await browser.go(`${place.url}/auth/logout`);
            const { state, steps } = await logInByClient(browser, place, version, `${place.viewers[site]}/clients`);
            assert.equal(state, wanted, steps);
          });
        }
      }

      test(`${where}, row 106: Mirador 3 on the same site: locked, the login, the picture, locked again`, async () => {
        await browser.go(`${place.url}/auth/logout`);
        const viewer = miradorIn(browser, place, place.viewers.sameSite);
        await viewer.open();
        await viewer.locked();
        assert.ok((await viewer.colours()) < EMPTY);
        await viewer.logIn();
        await until('the picture', async () => (await viewer.colours()) > PICTURE);
        await viewer.logOut();
        await viewer.locked();
        await browser.isAlone();
        // Firefox goes on showing what is on the page.
        await viewer.open();
        await viewer.locked();
        assert.ok((await viewer.colours()) < EMPTY);
      });
    }
  });
}
