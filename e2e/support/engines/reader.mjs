import { until } from '../../../test-support/until.mjs';
import { CANVAS } from '../miradorViewer.mjs';
import { sightOf } from '../picture.mjs';

// What readers do, in any engine.
/**
 * @import { Person } from '../loggedIn.mjs'
 * @import { Browser } from './browser.mjs'
 * @typedef {{url: string, admin: Person}} Vitrine
 */

/**
 * @param {Browser} browser
 * @param {Person} person
 */
export async function fillIn(browser, { email, password }) {
  await browser.paste('E-mail address', email);
  await browser.paste('Password', password);
  await browser.press('Log in');
}

/**
 * Logs in on the form itself, not from a viewer.
 * @param {Browser} browser
 * @param {Vitrine} vitrine
 */
export async function logIn(browser, { url, admin }) {
  await browser.go(`${url}/auth/iiif-login`);
  await fillIn(browser, admin);
  await browser.sees('You are logged in');
}

/**
 * @typedef {{state: string | undefined, text: string}} Step
 *
 * @param {Browser} browser
 * @param {Vitrine} vitrine
 * @returns {Promise<Record<string, Step>>} the self-test, step by step, and `verdict`
 */
export async function selfTest(browser, { url, admin }) {
  const read = () =>
    browser.read(() =>
      Object.fromEntries(
        [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.steps li, #verdict'))].map((step) => [
          step.id,
          { state: step.dataset.state, text: (step.querySelector('p') ?? step).textContent },
        ]),
      ),
    );
  const decided = (/** @type {string} */ id) => until(`step ${id}`, async () => (await read())[id].state);
  const press = (/** @type {string} */ id) => browser.pressAt(`#button-${id}:not([disabled])`);
  await browser.go(`${url}/auth/selftest`);
  await decided('stranger');
  await browser.inTab(
    () => press('tab1'),
    () => fillIn(browser, admin),
  );
  await decided('open1');
  await browser.inTab(() => press('tab2'));
  await decided('shown');
  await browser.inTab(() => press('tab3'));
  await decided('over');
  return read();
}

/**
 * Logs in by a small client of ours.
 * @param {Browser} browser
 * @param {Vitrine} vitrine
 * @param {1 | 2} version
 * @param {string} site where the client is: what stands before `/auth1.html`
 * @returns {Promise<{state: string | undefined, steps: string | undefined}>} how it went
 */
export async function logInByClient(browser, { url, admin }, version, site) {
  const manifest = `${url}/demo/login/manifest${version + 1}.json`;
  const state = () => browser.read(() => document.body.dataset.state);
  await browser.go(`${site}/auth${version}.html?manifest=${encodeURIComponent(manifest)}`);
  await until('the client asks', async () => (await state()) === 'asking');
  await browser.inTab(
    () => browser.press('Log in'),
    () => fillIn(browser, admin),
  );
  await until('the client has settled', async () =>
    ['shown', 'refused', 'blocked', 'failed'].includes((await state()) ?? ''),
  );
  return { state: await state(), steps: await browser.read(() => document.getElementById('log')?.innerText) };
}

/**
 * Mirador 3 on a web site with viewers.
 * @param {Browser} browser
 * @param {Vitrine} vitrine
 * @param {string} site
 */
export function miradorIn(browser, { url, admin }, site) {
  return {
    open: () => browser.go(`${site}/pages/mirador.html?manifest=${encodeURIComponent(`${url}/iiif/manifests/maps`)}`),
    locked: () => browser.sees('Log in to Vitrine'),
    async logIn() {
      await browser.click('Log in to Vitrine');
      await browser.inTab(
        () => browser.press('Log in'),
        () => fillIn(browser, admin),
      );
    },
    /** Its tab may have closed itself before anybody sees it. */
    logOut: () => browser.press('Log out of Vitrine'),
    /** Different colours that can be seen, as in `picture.mjs`. */
    async colours() {
      return (await browser.read(sightOf, await browser.picture(CANVAS))).colours;
    },
  };
}
